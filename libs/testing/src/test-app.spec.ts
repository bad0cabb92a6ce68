import { newId } from '#kernel';
import { asCompany, asScraper, startTestApp, type TestApp } from '#testing';

describe('a process without services', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp([]);
  });

  afterAll(() => test.close());

  it('is alive and ready', async () => {
    expect((await test.call('GET', '/health/live')).body).toEqual({ status: 'ok' });
    expect(await test.call('GET', '/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('shows its metrics to whoever has the token for them', async () => {
    const { status, body } = await test.call('GET', '/metrics', asScraper);
    expect(status).toBe(200);
    expect(body).toContain('process_resident_memory_bytes');
    for (const headers of [{}, { authorization: 'Bearer guess' }]) {
      const refused = await test.call('GET', '/metrics', headers);
      expect(refused).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
  });

  it('shows no metrics at all where no token is set', async () => {
    const silent = await startTestApp([], { database: test.database, config: { metricsToken: null } });
    const { status, body } = await silent.call('GET', '/metrics', { authorization: 'Bearer null' });
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'metrics.off' });
    await silent.close();
  });

  it('answers an unknown route with a problem', async () => {
    const answer = await test.call('GET', '/v1/nothing', asCompany(newId('Company')));
    expect(answer).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});
