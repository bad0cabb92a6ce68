import { SERVICES as SERVICE_NAMES } from '#contracts';
import { Authenticator, InternalTokenAuthenticator } from '#http';
import { asAdmin, createTestDatabase, startTestApp, type TestApp, type TestDatabase } from '#testing';
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

  it('knows a member of a team through the gateway, and what the role gives', async () => {
    const company = await gateway.newCompany();
    const [admin, viewer] = [
      await gateway.newMember(company.id, 'admin', 'admin@acme.example'),
      await gateway.newMember(company.id, 'viewer'),
    ];
    const draft = { name: 'By a member', slug: 'by-a-member' };
    expect((await gateway.call('POST', '/v1/programs', viewer, draft)).status).toBe(403);
    expect((await gateway.call('POST', '/v1/programs', admin, draft)).status).toBe(201);
    expect((await gateway.call('GET', '/v1/programs', viewer)).body.data).toHaveLength(1);
    const { body } = await gateway.call('GET', '/v1/company/members', admin);
    const member = body.data.find(({ email }: { email: string }) => email === 'admin@acme.example');
    const actors = await asAdmin(
      database,
      `select distinct s.actor from approvals.program_settings s
         join approvals.program p using (company_id, program_id) where p.slug = 'by-a-member'`,
    );
    expect(actors).toEqual([{ actor: `company:${member.id}` }]);
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
