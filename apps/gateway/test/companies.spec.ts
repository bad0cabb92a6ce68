import { newId, publicId } from '#kernel';
import { asAdmin } from '#testing';
import { bearer, type GatewayApp, startGateway } from './gateway-app.js';

describe('companies and their API keys', () => {
  let gateway: GatewayApp;

  beforeAll(async () => {
    gateway = await startGateway();
  });

  afterAll(() => gateway.close());

  const keysOf = (companyId: string) => `/v1/ops/companies/${companyId}/api-keys`;

  it('lets an operator open a company and read it back', async () => {
    const made = await gateway.call('POST', '/v1/ops/companies', gateway.operator, {
      name: 'Acme GmbH',
      fallbackUrl: 'https://acme.example/',
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: 'Acme GmbH',
      fallbackUrl: 'https://acme.example/',
      supportUrl: null,
    });
    const read = await gateway.call('GET', `/v1/ops/companies/${made.body.id}`, gateway.operator);
    expect(read.body).toEqual(made.body);
  });

  it('pages through companies, newest first, without missing one', async () => {
    const made = [await gateway.newCompany(), await gateway.newCompany(), await gateway.newCompany()];
    const first = await gateway.call('GET', '/v1/ops/companies?limit=2', gateway.operator);
    const second = await gateway.call(
      'GET',
      `/v1/ops/companies?limit=2&cursor=${first.body.nextCursor}`,
      gateway.operator,
    );
    const seen = [...first.body.data, ...second.body.data].map((company: { id: string }) => company.id);
    expect(seen.slice(0, 3)).toEqual(made.map((company) => company.id).toReversed());
  });

  it('opens one company when the same request is sent twice with one key', async () => {
    const open = () =>
      gateway.call(
        'POST',
        '/v1/ops/companies',
        { ...gateway.operator, 'idempotency-key': 'open-1' },
        { name: 'A' },
      );
    const [first, second] = [await open(), await open()];
    expect(second.body).toEqual(first.body);
    const reused = await gateway.call(
      'POST',
      '/v1/ops/companies',
      { ...gateway.operator, 'idempotency-key': 'open-1' },
      { name: 'B' },
    );
    expect(reused).toMatchObject({ status: 422, body: { code: 'idempotency_key.reused' } });
  });

  it.each([
    ['x'.repeat(255), 201],
    ['x'.repeat(256), 422],
  ])('takes an idempotency key of up to 255 characters', async (key, status) => {
    const headers = { ...gateway.operator, 'idempotency-key': key };
    expect((await gateway.call('POST', '/v1/ops/companies', headers, { name: 'A' })).status).toBe(status);
  });

  it('shows a key once, stores its hash only, and never shows it again', async () => {
    const company = await gateway.newCompany();
    const made = await gateway.call(
      'POST',
      keysOf(company.id),
      { ...gateway.operator, 'idempotency-key': 'key-1' },
      { name: 'Shop', scopes: ['programs:read'] },
    );
    expect(made.body.secret).toMatch(/^flk_[0-9a-z]{26}\.[\w-]{43}$/);
    const repeated = await gateway.call(
      'POST',
      keysOf(company.id),
      { ...gateway.operator, 'idempotency-key': 'key-1' },
      { name: 'Shop', scopes: ['programs:read'] },
    );
    expect(repeated.body).toEqual({ ...made.body, secret: null });
    const list = await gateway.call('GET', keysOf(company.id), gateway.operator);
    const secret = String(made.body.secret);
    expect(JSON.stringify(list.body)).not.toContain(secret.split('.')[1]);
    const dump = await asAdmin<{ row: string }>(
      gateway.database,
      `select k::text as row from access.api_key k
       union all select encode(response, 'escape') from access.idempotency_key`,
    );
    expect(dump.map(({ row }) => row).join('\n')).not.toContain(secret.split('.')[1]);
  });

  it('honours a key until it is revoked, and notes its use', async () => {
    const company = await gateway.newCompany();
    expect((await gateway.call('GET', '/v1/company', company.key)).body).toMatchObject({ id: company.id });
    const [key] = (await gateway.call('GET', keysOf(company.id), gateway.operator)).body.data;
    expect(key).toMatchObject({ lastUsedAt: expect.any(String), revokedAt: null });
    const revoked = await gateway.call('DELETE', `${keysOf(company.id)}/${key.id}`, gateway.operator);
    expect(revoked.status).toBe(204);
    const refused = await gateway.call('GET', '/v1/company', company.key);
    expect(refused).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('B-01 answers 404 for the key of another company', async () => {
    const [mine, theirs] = [await gateway.newCompany(), await gateway.newCompany()];
    const [key] = (await gateway.call('GET', keysOf(theirs.id), gateway.operator)).body.data;
    const crossed = await gateway.call('DELETE', `${keysOf(mine.id)}/${key.id}`, gateway.operator);
    expect(crossed.status).toBe(404);
    expect((await gateway.call('GET', '/v1/company', theirs.key)).status).toBe(200);
    const nobody = publicId('Company', newId('Company'));
    const toNobody = await gateway.call('POST', keysOf(nobody), gateway.operator, {
      name: 'x',
      scopes: ['programs:read'],
    });
    expect(toNobody.status).toBe(404);
  });

  it('lets a company change its own account only, field by field', async () => {
    const [mine, theirs] = [
      await gateway.newCompany(['programs:write', 'programs:read']),
      await gateway.newCompany(),
    ];
    await gateway.call('PATCH', '/v1/company', mine.key, { supportEmail: 'help@acme.example' });
    const renamed = await gateway.call('PATCH', '/v1/company', mine.key, { name: 'New name' });
    expect(renamed.body).toMatchObject({ name: 'New name', supportEmail: 'help@acme.example' });
    const cleared = await gateway.call('PATCH', '/v1/company', mine.key, { supportEmail: null });
    expect(cleared.body).toMatchObject({ name: 'New name', supportEmail: null });
    expect((await gateway.call('GET', '/v1/company', theirs.key)).body).toMatchObject({ name: 'Acme' });
    expect((await gateway.call('PATCH', '/v1/company', theirs.key, { name: 'x' })).status).toBe(403);
  });

  it('lets a company make keys of its own, which may do no more than their maker, and revoke them', async () => {
    const [company, other] = [await gateway.newCompany(), await gateway.newCompany()];
    const admin = await gateway.newMember(company.id, 'admin');
    const made = await gateway.call('POST', '/v1/company/api-keys', admin, {
      name: 'Backend',
      scopes: ['programs:read', 'team:write'],
    });
    expect(made.status).toBe(201);
    const key = bearer(made.body.secret);
    expect((await gateway.call('GET', '/v1/company', key)).body).toMatchObject({ id: company.id });
    const wider = { name: 'Wider', scopes: ['programs:read', 'programs:write'] };
    expect(await gateway.call('POST', '/v1/company/api-keys', key, wider)).toMatchObject({
      status: 403,
      body: { code: 'api_key.scope_above_own', detail: expect.stringContaining('programs:write') },
    });
    const stranger = await gateway.newMember(other.id, 'owner');
    const path = `/v1/company/api-keys/${made.body.id}`;
    expect((await gateway.call('DELETE', path, stranger)).status).toBe(404);
    expect((await gateway.call('GET', '/v1/company/api-keys', stranger)).body.data).toHaveLength(1);
    expect((await gateway.call('DELETE', path, admin)).status).toBe(204);
    expect((await gateway.call('GET', '/v1/company', key)).status).toBe(401);
    const viewer = await gateway.newMember(company.id, 'viewer');
    expect((await gateway.call('POST', '/v1/company/api-keys', viewer, wider)).status).toBe(403);
  });

  it.each([
    ['an unknown key', 'flk_01h455vb4pex5vsknk084sn02q.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
    ['a key that is none', 'flk_nonsense'],
    ['an unknown operator token', 'flo_nonsense'],
    ['no known kind of token', 'nonsense'],
    ['a JWT of somebody else', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'],
  ])('refuses %s', async (_name, token) => {
    expect((await gateway.call('GET', '/v1/company', bearer(token))).status).toBe(401);
  });

  it('refuses other schemes than Bearer', async () => {
    const answer = await gateway.call('GET', '/v1/company', { authorization: 'Basic eDp5' });
    expect(answer).toMatchObject({ status: 401, headers: expect.anything() });
  });

  it('makes one first administrator, whoever asks how often at once', async () => {
    await asAdmin(gateway.database, 'update access.operator set revoked_at = now()');
    const { EnsureOperatorToken } = await import('../src/operator/ensure-operator-token.js');
    const ensure = gateway.app.get(EnsureOperatorToken);
    const tokens = await Promise.all(Array.from({ length: 5 }, () => ensure.execute()));
    expect(tokens.filter((token) => token !== null)).toHaveLength(1);
  });
});
