import { COMPANY_SCOPES, TEAM_ROLES } from '#http';
import { parseId } from '#kernel';
import { asAdmin, FixedClock } from '#testing';
import { scopesOf } from '../src/team/team.js';
import { bearer, type GatewayApp, startGateway } from './gateway-app.js';

const MEMBERS = '/v1/company/members';
const INVITATIONS = '/v1/company/invitations';

interface MemberBody {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly removedAt: string | null;
}

describe("a company's team", () => {
  const clock = new FixedClock('2026-05-01T10:00:00Z');
  let gateway: GatewayApp;

  beforeAll(async () => {
    gateway = await startGateway({ clock });
  });

  afterAll(() => gateway.close());

  const call = (...args: Parameters<GatewayApp['call']>) => gateway.call(...args);
  const accept = (token: string | null, name = 'Grace') =>
    call('POST', '/v1/team-invitations/accept', {}, { token, name });
  const members = async (headers: Record<string, string>): Promise<MemberBody[]> =>
    (await call('GET', MEMBERS, headers)).body.data;
  const memberOf = async (headers: Record<string, string>, email: string) => {
    const found = (await members(headers)).find((member) => member.email === email);
    if (!found) throw new Error(`no member ${email}`);
    return found;
  };

  async function companyWithOwner(email: string) {
    const company = await gateway.newCompany(['programs:read']);
    return { ...company, owner: await gateway.newMember(company.id, 'owner', email) };
  }

  it('finds the keys that somebody made who was removed, for they outlive the membership', async () => {
    const { id, owner } = await companyWithOwner('keeper@acme.example');
    const admin = await gateway.newMember(id, 'admin', 'leaver@acme.example');
    const wanted = { name: 'Backup', scopes: ['team:write'] };
    const made = await call('POST', '/v1/company/api-keys', admin, wanted);
    const leaver = await memberOf(owner, 'leaver@acme.example');
    await call('DELETE', `${MEMBERS}/${leaver.id}`, owner);
    const { body } = await call('GET', '/v1/company/api-keys', owner);
    expect(body.data[0]).toMatchObject({ id: made.body.id, createdBy: `company:${leaver.id}` });
  });

  it('starts with an owner whom an operator invites by mail', async () => {
    const company = await gateway.newCompany();
    const path = `/v1/ops/companies/${company.id}/invitations`;
    const invited = await call('POST', path, gateway.operator, { email: 'Ada@Acme.example', role: 'owner' });
    expect(invited).toMatchObject({
      status: 201,
      body: {
        email: 'ada@acme.example',
        role: 'owner',
        state: 'pending',
        expiresAt: '2026-05-08T10:00:00.000Z',
      },
    });
    const joined = await accept(await gateway.invitationToken('ada@acme.example'), 'Ada');
    expect(joined.status).toBe(201);
    const owner = bearer(joined.body.accessToken);
    expect((await call('GET', '/v1/company', owner)).body).toMatchObject({ id: company.id });
    expect(await members(owner)).toMatchObject([
      { name: 'Ada', email: 'ada@acme.example', role: 'owner', removedAt: null },
    ]);
    expect((await call('GET', INVITATIONS, owner)).body.data).toMatchObject([{ state: 'accepted' }]);
  });

  it.each([
    ['viewer', 200, 403, 403],
    ['member', 200, 403, 403],
    ['admin', 200, 200, 201],
    ['owner', 200, 200, 201],
  ])('lets a %s do what the role gives', async (role, reading, changing, inviting) => {
    const company = await companyWithOwner(`owner-of-${role}@acme.example`);
    const member = await gateway.newMember(company.id, role);
    expect((await call('GET', MEMBERS, member)).status).toBe(reading);
    const target = await memberOf(company.owner, `owner-of-${role}@acme.example`);
    const invited = await call('POST', INVITATIONS, member, { email: `x-${role}@a.example`, role: 'viewer' });
    expect(invited.status).toBe(inviting);
    const guest = await gateway.newMember(company.id, 'member');
    const [{ id } = target] = (await members(company.owner)).filter(({ role: held }) => held === 'member');
    expect((await call('PATCH', `${MEMBERS}/${id}`, member, { role: 'viewer' })).status).toBe(changing);
    expect((await call('GET', '/v1/company', guest)).status).toBe(200);
  });

  it('gives each role what the weaker ones may do and more, down to reading only', () => {
    const [viewer = [], member = [], admin, owner] = TEAM_ROLES.map(scopesOf);
    expect(viewer.every((scope) => scope.endsWith(':read'))).toBe(true);
    expect(member).toEqual(expect.arrayContaining(viewer));
    expect(member).not.toContain('payouts:write');
    expect(admin).toEqual(COMPANY_SCOPES);
    expect(owner).toEqual(admin);
  });

  it('tells a viewer which role is missing', async () => {
    const company = await companyWithOwner('roles@acme.example');
    const viewer = await gateway.newMember(company.id, 'viewer');
    expect(await call('PATCH', '/v1/company', viewer, { name: 'Mine' })).toMatchObject({
      status: 403,
      body: { code: 'role_missing', detail: expect.stringContaining('"programs:write"') },
    });
  });

  it('lets nobody but owners make or unmake owners, API keys neither', async () => {
    const company = await companyWithOwner('top@acme.example');
    const admin = await gateway.newMember(company.id, 'admin', 'admin@acme.example');
    const { id: ownerId } = await memberOf(admin, 'top@acme.example');
    const { id: adminId } = await memberOf(admin, 'admin@acme.example');
    const refused = { status: 403, body: { code: 'team.role_above_own' } };
    expect(await call('PATCH', `${MEMBERS}/${adminId}`, admin, { role: 'owner' })).toMatchObject(refused);
    expect(await call('DELETE', `${MEMBERS}/${ownerId}`, admin)).toMatchObject(refused);
    const wanted = { email: 'new@acme.example', role: 'owner' };
    expect(await call('POST', INVITATIONS, admin, wanted)).toMatchObject(refused);
    const keys = `/v1/ops/companies/${company.id}/api-keys`;
    const made = await call('POST', keys, gateway.operator, { name: 'k', scopes: ['team:write'] });
    expect(await call('POST', INVITATIONS, bearer(made.body.secret), wanted)).toMatchObject(refused);
    expect((await call('PATCH', `${MEMBERS}/${adminId}`, company.owner, { role: 'owner' })).status).toBe(200);
  });

  it('lets an API key give no role that may do more than the key', async () => {
    const reads = COMPANY_SCOPES.filter((scope) => scope.endsWith(':read'));
    const company = await gateway.newCompany([...reads, 'team:write']);
    const invite = (role: string) =>
      call('POST', INVITATIONS, company.key, { email: `${role}@keys.example`, role });
    expect((await invite('viewer')).status).toBe(201);
    for (const role of ['member', 'admin']) {
      expect(await invite(role)).toMatchObject({ status: 403, body: { code: 'team.role_above_own' } });
    }
    const narrow = await gateway.newCompany(['team:write']);
    const wanted = { email: 'viewer@keys.example', role: 'viewer' };
    expect((await call('POST', INVITATIONS, narrow.key, wanted)).status).toBe(403);
  });

  it('keeps its last owner, also when two remove each other at once', async () => {
    const company = await companyWithOwner('one@acme.example');
    const { id: first } = await memberOf(company.owner, 'one@acme.example');
    const last = { status: 409, body: { code: 'team.last_owner' } };
    expect(await call('DELETE', `${MEMBERS}/${first}`, company.owner)).toMatchObject(last);
    expect(await call('PATCH', `${MEMBERS}/${first}`, company.owner, { role: 'admin' })).toMatchObject(last);
    const other = await gateway.newMember(company.id, 'owner', 'two@acme.example');
    const { id: second } = await memberOf(other, 'two@acme.example');
    const answers = await Promise.all([
      call('DELETE', `${MEMBERS}/${second}`, company.owner),
      call('DELETE', `${MEMBERS}/${first}`, other),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => status === 204)).toHaveLength(1);
    const [row] = await asAdmin<{ owners: number }>(
      gateway.database,
      `select count(*)::int as owners from access.member
        where account_id = $1 and role = 'owner' and removed_at is null`,
      [parseId('Company', company.id)],
    );
    expect(row?.owners).toBe(1);
  });

  it('shuts a removed member out at once, keeps the name, and lets the person come back', async () => {
    const company = await companyWithOwner('boss@acme.example');
    const gone = await gateway.newMember(company.id, 'member', 'gone@acme.example');
    expect((await call('GET', '/v1/company', gone)).status).toBe(200);
    const { id } = await memberOf(company.owner, 'gone@acme.example');
    expect((await call('DELETE', `${MEMBERS}/${id}`, company.owner)).status).toBe(204);
    expect(await call('GET', '/v1/company', gone)).toMatchObject({
      status: 403,
      body: { code: 'account_unknown' },
    });
    expect(await memberOf(company.owner, 'gone@acme.example')).toMatchObject({
      removedAt: '2026-05-01T10:00:00.000Z',
    });
    const back = await gateway.newMember(company.id, 'viewer', 'gone@acme.example');
    expect((await call('GET', '/v1/company', back)).status).toBe(200);
  });

  it('B-01 is nobody else’s to see, change or join', async () => {
    const [mine, theirs] = [
      await companyWithOwner('mine@a.example'),
      await companyWithOwner('theirs@b.example'),
    ];
    await call('POST', INVITATIONS, theirs.owner, { email: 'guest@b.example', role: 'viewer' });
    const [{ id: theirMember } = { id: '' }] = await members(theirs.owner);
    const [{ id: theirInvitation }] = (await call('GET', INVITATIONS, theirs.owner)).body.data;
    expect((await members(mine.owner)).map(({ email }) => email)).toEqual(['mine@a.example']);
    expect((await call('PATCH', `${MEMBERS}/${theirMember}`, mine.owner, { role: 'viewer' })).status).toBe(
      404,
    );
    expect((await call('DELETE', `${MEMBERS}/${theirMember}`, mine.owner)).status).toBe(404);
    expect((await call('DELETE', `${INVITATIONS}/${theirInvitation}`, mine.owner)).status).toBe(404);
    const crossed = { ...mine.owner, 'fairlead-account': theirs.id };
    expect(await call('GET', MEMBERS, crossed)).toMatchObject({
      status: 403,
      body: { code: 'account_unknown' },
    });
  });

  it('names the member who does something, not the company', async () => {
    const company = await companyWithOwner('actor@acme.example');
    const { id } = await memberOf(company.owner, 'actor@acme.example');
    const invited = await call('POST', INVITATIONS, company.owner, {
      email: 'n@acme.example',
      role: 'viewer',
    });
    expect(invited.body.invitedBy).toBe(`company:${id}`);
  });

  it('logs all that is done to it, and by whom, for nobody else', async () => {
    const [company, other] = [
      await companyWithOwner('log@a.example'),
      await companyWithOwner('log@b.example'),
    ];
    await gateway.newMember(company.id, 'viewer', 'guest@a.example');
    const { id } = await memberOf(company.owner, 'guest@a.example');
    await call('PATCH', `${MEMBERS}/${id}`, company.owner, { role: 'member' });
    await call('DELETE', `${MEMBERS}/${id}`, company.owner);
    const wanted = { email: 'late@a.example', role: 'admin' };
    const { body } = await call('POST', INVITATIONS, company.owner, wanted);
    await call('DELETE', `${INVITATIONS}/${body.id}`, company.owner);
    await call('DELETE', `${INVITATIONS}/${body.id}`, company.owner);
    const changes = await call('GET', '/v1/company/team-changes', company.owner);
    const lines = changes.body.data.map(
      ({ kind, email, role }: { kind: string; email: string; role: string }) => [kind, email, role].join(' '),
    );
    expect(lines).toEqual([
      'revoked late@a.example admin',
      'invited late@a.example admin',
      'removed guest@a.example member',
      'role_changed guest@a.example member',
      'joined guest@a.example viewer',
      'invited guest@a.example viewer',
      'joined log@a.example owner',
      'invited log@a.example owner',
    ]);
    const { id: owner } = await memberOf(company.owner, 'log@a.example');
    expect(changes.body.data[0].actor).toBe(`company:${owner}`);
    expect((await call('GET', '/v1/company/team-changes', other.owner)).body.data).toHaveLength(2);
  });

  it('pages through members without missing one', async () => {
    const company = await companyWithOwner('pages@acme.example');
    for (const name of ['a', 'b']) await gateway.newMember(company.id, 'viewer', `${name}@pages.example`);
    const first = await call('GET', `${MEMBERS}?limit=2`, company.owner);
    const second = await call('GET', `${MEMBERS}?limit=2&cursor=${first.body.nextCursor}`, company.owner);
    const seen = [...first.body.data, ...second.body.data].map(({ email }: MemberBody) => email);
    expect(seen).toEqual(['b@pages.example', 'a@pages.example', 'pages@acme.example']);
  });
});
