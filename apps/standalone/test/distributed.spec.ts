import { SERVICES as SERVICE_NAMES } from '#contracts';
import { Authenticator, InternalTokenAuthenticator } from '#http';
import { createTestDatabase, startTestApp, type TestApp, type TestDatabase } from '#testing';
import { APPROVALS } from '../../approvals/src/service.js';
import { ProxyModule } from '../../gateway/src/proxy/proxy.module.js';
import { bearer, type GatewayApp, startGateway } from '../../gateway/test/gateway-app.js';

describe('a service behind the gateway', () => {
  let database: TestDatabase;
  let approvals: TestApp;
  let gateway: GatewayApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    approvals = await startTestApp([APPROVALS], {
      database,
      authenticator: { provide: Authenticator, useClass: InternalTokenAuthenticator },
    });
    const upstreams = new Map(SERVICE_NAMES.map((service) => [service, approvals.url]));
    gateway = await startGateway({ database, extraModules: [ProxyModule.to(upstreams)] });
  });

  afterAll(async () => {
    await gateway.close();
    await approvals.close();
    await database.drop();
  });

  it('serves companies and partners through the gateway as in one process', async () => {
    const company = await gateway.newCompany(['programs:read', 'programs:write', 'partners:read']);
    const draft = { name: 'Referrals', slug: 'referrals' };
    const made = await gateway.call(
      'POST',
      '/v1/programs',
      { ...company.key, 'idempotency-key': 'one' },
      draft,
    );
    expect(made).toMatchObject({ status: 201, body: { name: 'Referrals' } });
    const again = await gateway.call(
      'POST',
      '/v1/programs',
      { ...company.key, 'idempotency-key': 'one' },
      draft,
    );
    expect(again.body).toEqual(made.body);

    const partner = bearer((await gateway.signIn('ada@example.org')).accessToken);
    const applied = await gateway.call('POST', '/v1/partner/applications', partner, {
      programId: made.body.id,
    });
    expect(applied.status).toBe(201);
    const mine = await gateway.call('GET', '/v1/partner/programs', partner);
    expect(mine.body.data).toMatchObject([{ state: 'pending' }]);
  });

  it('B-01 keeps tenants and callers apart through the gateway too', async () => {
    const [mine, theirs] = [await gateway.newCompany(['programs:write']), await gateway.newCompany()];
    const made = await gateway.call('POST', '/v1/programs', mine.key, { name: 'P', slug: 'p' });
    expect((await gateway.call('GET', `/v1/programs/${made.body.id}`, theirs.key)).status).toBe(404);
    expect((await gateway.call('POST', '/v1/programs', theirs.key, { name: 'P', slug: 'p' })).status).toBe(
      403,
    );
    const stranger = bearer((await gateway.signIn('eve@example.org')).accessToken);
    expect((await gateway.call('GET', `/v1/partner/programs/${made.body.id}`, stranger)).status).toBe(404);
  });

  it('passes problems on as they are, with the id of the request', async () => {
    const company = await gateway.newCompany(['programs:write']);
    const wrong = await gateway.call('POST', '/v1/programs', company.key, { name: 7 });
    expect(wrong.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(wrong).toMatchObject({ status: 422, body: { code: 'invalid_input' } });
  });

  it('believes no credentials of its own, whatever they are', async () => {
    const company = await gateway.newCompany(['programs:read']);
    expect((await approvals.call('GET', '/v1/programs', company.key)).status).toBe(401);
    const forged = { 'x-fairlead-principal': 'forged', 'x-test-principal': '{}' };
    expect((await approvals.call('GET', '/v1/programs', forged)).status).toBe(401);
  });
});
