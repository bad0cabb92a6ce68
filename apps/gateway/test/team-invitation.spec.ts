import { COMPANY_SCOPES } from '#http';
import { newId, publicId } from '#kernel';
import { asAdmin, FixedClock } from '#testing';
import { type GatewayApp, startGateway } from './gateway-app.js';

const DAY = 86_400_000;
const INVITATIONS = '/v1/company/invitations';

describe('an invitation to a team', () => {
  const clock = new FixedClock('2026-05-01T10:00:00Z');
  let gateway: GatewayApp;

  beforeAll(async () => {
    gateway = await startGateway({ clock });
  });

  afterAll(() => gateway.close());

  const call = (...args: Parameters<GatewayApp['call']>) => gateway.call(...args);
  const accept = (token: string | null) =>
    call('POST', '/v1/team-invitations/accept', {}, { token, name: 'Grace' });
  const invite = (headers: Record<string, string>, email: string, key?: string) =>
    call(
      'POST',
      INVITATIONS,
      { ...headers, ...(key ? { 'idempotency-key': key } : {}) },
      {
        email,
        role: 'member',
      },
    );

  it.each([
    [7 * DAY - 1, 201],
    [7 * DAY, 401],
  ])('works for seven days: after %d ms it answers %d', async (age, status) => {
    const company = await gateway.newCompany(COMPANY_SCOPES);
    const email = `late${age}@acme.example`;
    await invite(company.key, email);
    clock.advance(age);
    expect((await accept(await gateway.invitationToken(email))).status).toBe(status);
  });

  it('works once, whoever tries at once', async () => {
    const company = await gateway.newCompany(COMPANY_SCOPES);
    await invite(company.key, 'once@acme.example');
    const token = await gateway.invitationToken('once@acme.example');
    const answers = await Promise.all(Array.from({ length: 4 }, () => accept(token)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('is void once revoked, or when a newer one takes its place', async () => {
    const company = await gateway.newCompany(COMPANY_SCOPES);
    const first = await invite(company.key, 'again@acme.example');
    const old = await gateway.invitationToken('again@acme.example');
    await invite(company.key, 'again@acme.example');
    expect((await accept(old)).status).toBe(401);
    const [latest] = (await call('GET', INVITATIONS, company.key)).body.data;
    expect(latest.id).not.toBe(first.body.id);
    expect((await call('DELETE', `${INVITATIONS}/${latest.id}`, company.key)).status).toBe(204);
    expect((await accept(await gateway.invitationToken('again@acme.example'))).status).toBe(401);
  });

  it('of an owner is neither revoked nor replaced by an admin', async () => {
    const company = await gateway.newCompany();
    const admin = await gateway.newMember(company.id, 'admin');
    const path = `/v1/ops/companies/${company.id}/invitations`;
    const owner = { email: 'boss@acme.example', role: 'owner' };
    const invited = await call('POST', path, gateway.operator, owner);
    const refused = { status: 403, body: { code: 'team.role_above_own' } };
    expect(await call('DELETE', `${INVITATIONS}/${invited.body.id}`, admin)).toMatchObject(refused);
    expect(await invite(admin, owner.email)).toMatchObject(refused);
    expect((await accept(await gateway.invitationToken(owner.email))).status).toBe(201);
  });

  it('goes to one address five times a day and no sixth, to a hundred in all and no more', async () => {
    const company = await gateway.newCompany(COMPANY_SCOPES);
    const statuses: number[] = [];
    for (let sent = 0; sent < 6; sent++)
      statuses.push((await invite(company.key, 'often@acme.example')).status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
    const many = Array.from({ length: 95 }, (_, at) => invite(company.key, `p${at}@acme.example`));
    expect((await Promise.all(many)).every(({ status }) => status === 201)).toBe(true);
    expect(await invite(company.key, 'last@acme.example')).toMatchObject({
      status: 429,
      body: { code: 'team.too_many_invitations' },
    });
    clock.advance(DAY);
    expect((await invite(company.key, 'last@acme.example')).status).toBe(201);
  });

  it('is one, and one mail, when its request is sent twice with one key', async () => {
    const company = await gateway.newCompany(COMPANY_SCOPES);
    const first = await invite(company.key, 'twice@acme.example', 'invite-1');
    expect((await invite(company.key, 'twice@acme.example', 'invite-1')).body).toEqual(first.body);
    const mails = await asAdmin(
      gateway.database,
      `select 1 from bus.event where type = 'team.invited' and data ->> 'email' = 'twice@acme.example'`,
    );
    expect(mails).toHaveLength(1);
  });

  it('is refused for somebody in the team, for no address and for no role', async () => {
    const company = await gateway.newCompany();
    const owner = await gateway.newMember(company.id, 'owner', 'there@acme.example');
    expect(await invite(owner, 'There@Acme.example')).toMatchObject({
      status: 409,
      body: { code: 'team.already_member' },
    });
    const wrong = await call('POST', INVITATIONS, owner, { email: 'nobody', role: 'king' });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors.map(({ field }: { field: string }) => field)).toEqual(['email', 'role']);
    const nobody = publicId('Company', newId('Company'));
    const path = `/v1/ops/companies/${nobody}/invitations`;
    const wanted = { email: 'a@b.example', role: 'owner' };
    expect((await call('POST', path, gateway.operator, wanted)).status).toBe(404);
  });

  it('cannot be forged for another team', async () => {
    const [mine, theirs] = [await gateway.newCompany(COMPANY_SCOPES), await gateway.newCompany()];
    await invite(mine.key, 'forge@acme.example');
    const token = (await gateway.invitationToken('forge@acme.example')) ?? '';
    const [id, , mac] = token.split('.');
    expect((await accept(`${id}.${theirs.id}.${mac}`)).status).toBe(401);
    expect((await call('GET', `/join?token=${token}`)).body).toContain('/v1/team-invitations/accept');
    expect((await call('GET', '/join?token=<script>')).body).not.toContain('<script>');
    expect((await accept(token)).status).toBe(201);
  });
});
