import { newId } from '#kernel';
import { asCompany, startTestApp, type TestApp } from '#testing';

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

  it('shows its metrics', async () => {
    const { status, body } = await test.call('GET', '/metrics');
    expect(status).toBe(200);
    expect(body).toContain('process_resident_memory_bytes');
  });

  it('answers an unknown route with a problem', async () => {
    const answer = await test.call('GET', '/v1/nothing', asCompany(newId('Company')));
    expect(answer).toMatchObject({ status: 404, body: { code: 'route_not_found' } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});
