import { asAdmin } from '#testing';
import { bearer, type GatewayApp, startGateway } from './gateway-app.js';

const MEMBERS = '/v1/partner/members';
const INVITATIONS = '/v1/partner/invitations';

describe('people and the accounts they act for', () => {
  let gateway: GatewayApp;

  beforeAll(async () => {
    gateway = await startGateway();
  });

  afterAll(() => gateway.close());

  const call = (...args: Parameters<GatewayApp['call']>) => gateway.call(...args);
  const me = (headers: Record<string, string>) => call('GET', '/v1/me', headers);
  const signIn = async (email: string) => bearer((await gateway.signIn(email)).accessToken);

  async function join(headers: Record<string, string>, email: string, role: string) {
    await call('POST', INVITATIONS, headers, { email, role });
    const token = await gateway.invitationToken(email);
    const session = await call('POST', '/v1/team-invitations/accept', {}, { token, name: 'Grace' });
    return bearer(session.body.accessToken);
  }

  it('one person signs in once for several companies and partners, and names the one meant', async () => {
    const [a, b] = [await gateway.newCompany(), await gateway.newCompany()];
    await gateway.newMember(a.id, 'owner', 'many@example.org');
    await gateway.newMember(b.id, 'viewer', 'many@example.org');
    const person = await signIn('many@example.org');
    const { body } = await me(person);
    const accounts: { kind: string; accountId: string; role: string }[] = body.memberships;
    expect(accounts.map(({ kind, role }) => [kind, role])).toEqual([
      ['company', 'owner'],
      ['company', 'viewer'],
      ['partner', 'owner'],
    ]);
    expect(await call('GET', '/v1/company', person)).toMatchObject({
      status: 403,
      body: { code: 'account_missing', detail: expect.stringContaining('Fairlead-Account') },
    });
    const as = (account: string) => ({ ...person, 'fairlead-account': account });
    expect((await call('GET', '/v1/company', as(a.id))).body.id).toBe(a.id);
    expect((await call('GET', '/v1/company', as(b.id))).body.id).toBe(b.id);
    expect((await call('PATCH', '/v1/company', as(b.id), { name: 'x' })).status).toBe(403);
    const partnerId = accounts[2]?.accountId ?? '';
    expect((await call('GET', '/v1/partner', as(partnerId))).body.id).toBe(partnerId);
    expect(await call('GET', '/v1/company', as(partnerId))).toMatchObject({
      status: 403,
      body: { code: 'wrong_caller' },
    });
    expect(await call('GET', '/v1/company', as('nonsense'))).toMatchObject({
      status: 422,
      body: { code: 'id.malformed' },
    });
  });

  it('nobody needs to name the only account', async () => {
    const partner = await signIn('single@example.org');
    expect((await call('GET', '/v1/partner', partner)).status).toBe(200);
  });

  it('signing up opens an account only once the address is proven, and never a second one', async () => {
    await call('POST', '/v1/partners', {}, { name: 'Eve', email: 'proof@example.org' });
    const people = () =>
      asAdmin(gateway.database, `select 1 from access.person where email = 'proof@example.org'`);
    expect(await people()).toHaveLength(0);
    const token = await gateway.mailedToken('proof@example.org');
    await call('POST', '/v1/partners', {}, { name: 'Eve', email: 'proof@example.org' });
    const other = await gateway.mailedToken('proof@example.org');
    await Promise.all([token, other].map((each) => call('POST', '/v1/sessions', {}, { token: each })));
    expect(await people()).toHaveLength(1);
    const person = await signIn('proof@example.org');
    expect((await me(person)).body.memberships).toHaveLength(1);
  });

  it('a stranger who signs up with the address of a member changes nothing for the member', async () => {
    const company = await gateway.newCompany();
    const member = await gateway.newMember(company.id, 'owner', 'calm@acme.example');
    await call('POST', '/v1/partners', {}, { name: 'Mallory', email: 'calm@acme.example' });
    expect((await me(member)).body.memberships).toHaveLength(1);
  });

  it('a person changes the own name', async () => {
    const person = await signIn('rename@example.org');
    const renamed = await call('PATCH', '/v1/me', person, { name: 'Ada King' });
    expect(renamed.body).toMatchObject({ name: 'Ada King', email: 'rename@example.org' });
    expect((await call('PATCH', '/v1/me', person, { name: ' ' })).status).toBe(422);
  });

  it('a person signs out everywhere, whatever account the session acts for', async () => {
    const company = await gateway.newCompany();
    const first = await gateway.newMember(company.id, 'owner', 'out@acme.example');
    const second = await signIn('out@acme.example');
    expect((await call('DELETE', '/v1/sessions', first)).status).toBe(204);
    for (const headers of [first, second]) expect((await me(headers)).status).toBe(401);
  });

  it('is not for API keys and operators', async () => {
    const company = await gateway.newCompany();
    for (const headers of [company.key, gateway.operator]) {
      expect(await me(headers)).toMatchObject({ status: 403, body: { code: 'wrong_caller' } });
    }
  });

  describe("a partner's team", () => {
    it.each([
      ['viewer', 403, 403],
      ['member', 200, 403],
      ['admin', 200, 201],
    ])('lets a %s read all, and change what the role gives', async (role, changing, inviting) => {
      const owner = await signIn(`owner-${role}@firm.example`);
      const grace = await join(owner, `grace-${role}@firm.example`, role);
      expect((await call('GET', '/v1/partner', grace)).body.id).toBe(
        (await call('GET', '/v1/partner', owner)).body.id,
      );
      expect((await call('PATCH', '/v1/partner', grace, { wantsEmail: false })).status).toBe(changing);
      const wanted = { email: `new-${role}@firm.example`, role: 'viewer' };
      expect((await call('POST', INVITATIONS, grace, wanted)).status).toBe(inviting);
      expect((await call('GET', MEMBERS, grace)).body.data).toHaveLength(2);
    });

    it('B-01 is nobody else’s to see or change', async () => {
      const [mine, theirs] = [await signIn('mine@firm.example'), await signIn('theirs@firm.example')];
      const [theirMember] = (await call('GET', MEMBERS, theirs)).body.data;
      await call('POST', INVITATIONS, theirs, { email: 'guest@firm.example', role: 'viewer' });
      const [invitation] = (await call('GET', INVITATIONS, theirs)).body.data;
      expect((await call('GET', MEMBERS, mine)).body.data).toHaveLength(1);
      expect((await call('DELETE', `${MEMBERS}/${theirMember.id}`, mine)).status).toBe(404);
      expect((await call('DELETE', `${INVITATIONS}/${invitation.id}`, mine)).status).toBe(404);
    });

    it('has its notices sent to somebody in it, and to no other', async () => {
      const owner = await signIn('notices@firm.example');
      await join(owner, 'books@firm.example', 'viewer');
      const to = (email: string) => call('PATCH', '/v1/partner', owner, { email });
      expect((await to('Books@firm.example')).body.email).toBe('books@firm.example');
      await signIn('stranger@firm.example');
      expect(await to('stranger@firm.example')).toMatchObject({
        status: 422,
        body: { code: 'email.not_in_team', errors: [{ field: 'email' }] },
      });
    });

    it('hears of its money after its founder has left', async () => {
      const founder = await signIn('founder@firm.example');
      const heir = await join(founder, 'heir@firm.example', 'owner');
      const [membership] = (await me(founder)).body.memberships;
      expect((await call('DELETE', `/v1/me/memberships/${membership.memberId}`, founder)).status).toBe(204);
      expect((await call('GET', '/v1/partner', founder)).status).toBe(403);
      expect((await call('GET', '/v1/partner', heir)).body.email).toBe('heir@firm.example');
      const [last] = (await me(heir)).body.memberships;
      expect(await call('DELETE', `/v1/me/memberships/${last.memberId}`, heir)).toMatchObject({
        status: 409,
        body: { code: 'team.last_owner' },
      });
    });

    it('is left by a mere viewer too, but not by somebody else', async () => {
      const owner = await signIn('stay@firm.example');
      const viewer = await join(owner, 'leave@firm.example', 'viewer');
      const [theirs] = (await me(owner)).body.memberships;
      const [own] = (await me(viewer)).body.memberships;
      expect((await call('DELETE', `/v1/me/memberships/${theirs.memberId}`, viewer)).status).toBe(404);
      expect((await call('DELETE', `/v1/me/memberships/${own.memberId}`, viewer)).status).toBe(204);
    });
  });
});
