import { SecretBox } from '#config';
import { programInvitationToken } from '#http';
import { newId, parseId } from '#kernel';
import { asAdmin, FixedClock } from '#testing';
import { ApprovalsApp } from './approvals-app.js';

describe('invitations', () => {
  const clock = new FixedClock('2026-05-01T12:00:00.000Z');
  let app: ApprovalsApp;

  beforeAll(async () => {
    app = await ApprovalsApp.start(clock);
  });

  afterAll(() => app.close());

  beforeEach(() => clock.set('2026-05-01T12:00:00.000Z'));

  const invite = (program: string, email: string, more: object = {}, owner = app.company) =>
    app.call('POST', `/v1/programs/${program}/invitations`, { email, ...more }, owner);
  const revoke = (program: string, id: string, owner = app.company) =>
    app.call('POST', `/v1/programs/${program}/invitations/${id}/revoke`, {}, owner);
  const list = async (program: string, query = '') =>
    (await app.call('GET', `/v1/programs/${program}/invitations${query}`)).body;
  const tokenOf = (id: string) =>
    programInvitationToken(app.server.app.get(SecretBox), {
      companyId: app.company,
      invitationId: parseId('Invitation', id),
    });

  it('approves who was invited at once, in the group of the invitation', async () => {
    const [partner, program] = [await app.newPartner(), await app.openProgram()];
    const { body: gold } = await app.call('POST', `/v1/programs/${program}/groups`, { name: 'Gold' });
    const invited = await invite(program, partner.email.toUpperCase(), {
      groupId: gold.id,
      message: 'Join us.',
    });
    expect(invited).toMatchObject({
      status: 201,
      body: { email: partner.email, state: 'open', expiresAt: '2026-05-31T12:00:00.000Z' },
    });
    const asked = await app.server.call('GET', `/v1/partner/application-forms/${program}`, partner.headers);
    expect(asked.body.invitation).toEqual({ message: 'Join us.', expiresAt: '2026-05-31T12:00:00.000Z' });

    const applied = await app.apply(partner.headers, program, { invitationToken: tokenOf(invited.body.id) });
    expect(applied).toMatchObject({
      status: 201,
      body: { state: 'approved', automaticDecision: { decision: 'approve', by: 'invitation' } },
    });
    expect(await list(program)).toMatchObject({
      data: [{ id: invited.body.id, state: 'used', applicationId: applied.body.id }],
    });
    const members = await app.call('GET', `/v1/partnerships?groupId=${gold.id}`);
    expect(members.body.data).toMatchObject([{ id: applied.body.partnershipId }]);
    expect(await revoke(program, invited.body.id)).toMatchObject({
      status: 409,
      body: { code: 'invitation.used' },
    });
    expect(await invite(program, partner.email)).toMatchObject({
      status: 409,
      body: { code: 'invitation.is_partner' },
    });
  });

  it('counts for the address without its token, and leaves the decision to a rule that is met', async () => {
    const [partner, program] = [await app.newPartner(), await app.openProgram()];
    await app.call('POST', `/v1/programs/${program}/application-rules`, {
      rules: [{ name: 'Look at the invited', invited: true, decision: 'review' }],
    });
    await invite(program, partner.email);
    expect((await app.apply(partner.headers, program)).body).toMatchObject({
      state: 'pending',
      automaticDecision: { rule: 'Look at the invited', trace: [{ checks: [{ actual: 'invited' }] }] },
    });
  });

  it('tells whoever holds the token of the invitation, and nobody else', async () => {
    const [partner, program] = [await app.newPartner(), await app.openProgram()];
    const { body } = await invite(program, partner.email);
    const open = (token: string) => app.server.call('GET', `/v1/invitations/${token}`);
    expect(await open(tokenOf(body.id))).toMatchObject({
      status: 200,
      body: { programId: program, companyName: 'Lighthouse GmbH', email: partner.email, state: 'open' },
    });
    const [id = '', company = ''] = tokenOf(body.id).split('.');
    expect(await open(`${id}.${company}.forged`)).toMatchObject({ status: 404 });
    expect(await open('nonsense')).toMatchObject({ status: 404 });
    const page = await app.server.call('GET', `/invitation?token=${tokenOf(body.id)}`);
    expect(page.body).toContain(tokenOf(body.id));
    expect((await app.server.call('GET', '/invitation?token=<script>')).body).not.toContain('<script>');
  });

  it('serves the invited address only, in its own program only', async () => {
    const [invited, stranger] = [await app.newPartner(), await app.newPartner()];
    const [program, elsewhere] = [await app.openProgram(), await app.openProgram()];
    const { body } = await invite(program, invited.email);
    const invitationToken = tokenOf(body.id);
    const refused = (code: string) => ({
      status: 422,
      body: { code, errors: [{ field: 'invitationToken' }] },
    });
    expect(await app.apply(stranger.headers, program, { invitationToken })).toMatchObject(
      refused('invitation.of_other_address'),
    );
    expect(await app.apply(invited.headers, elsewhere, { invitationToken })).toMatchObject(
      refused('invitation.invalid'),
    );
    expect(await app.apply(stranger.headers, program)).toMatchObject({ body: { state: 'pending' } });
  });

  it('is of no use once revoked, used or expired, and says so', async () => {
    const program = await app.openProgram();
    const gone = (code: string) => ({ status: 409, body: { code } });
    const [one, two] = [await app.newPartner(), await app.newPartner()];
    const { body: revoked } = await invite(program, one.email);
    expect(await revoke(program, revoked.id)).toMatchObject({ status: 200, body: { state: 'revoked' } });
    const invitationToken = tokenOf(revoked.id);
    expect(await app.apply(one.headers, program, { invitationToken })).toMatchObject(
      gone('invitation.revoked'),
    );

    const { body: expiring } = await invite(program, two.email, { validDays: 1 });
    clock.set('2026-05-02T12:00:00.000Z');
    expect(await list(program, '?state=expired')).toMatchObject({ data: [{ id: expiring.id }] });
    const late = { invitationToken: tokenOf(expiring.id) };
    expect(await app.apply(two.headers, program, late)).toMatchObject(gone('invitation.expired'));
    expect(await invite(program, two.email)).toMatchObject({ status: 201 });
    expect(await list(program, '?state=open')).toMatchObject({ data: [{ email: two.email }] });
  });

  it('is open once per address, however many ask at the same moment', async () => {
    const [partner, program] = [await app.newPartner(), await app.openProgram()];
    const answers = await Promise.all([1, 2, 3].map(() => invite(program, partner.email)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
    const events = await asAdmin(
      app.server.database,
      `select data->>'companyName' as company from bus.event where type = 'partner.invited' and data->>'email' = $1`,
      [partner.email],
    );
    expect(events).toEqual([{ company: 'Lighthouse GmbH' }]);
  });

  it('goes to one address five times a day at most', async () => {
    const program = await app.openProgram();
    for (let time = 1; time <= 5; time += 1) {
      const { status, body } = await invite(program, 'pia@example.test');
      expect([time, status]).toEqual([time, 201]);
      await revoke(program, body.id);
    }
    const tooMany = { status: 429, body: { code: 'invitation.too_many' } };
    expect(await invite(program, 'pia@example.test')).toMatchObject(tooMany);
    expect(await invite(program, 'paul@example.test')).toMatchObject({ status: 201 });
    clock.advance(24 * 60 * 60 * 1000);
    expect(await invite(program, 'pia@example.test')).toMatchObject({ status: 201 });
  });

  it('is sent 500 times a day by a program at most', async () => {
    const program = await app.openProgram();
    await asAdmin(
      app.server.database,
      `insert into approvals.invitation
         (company_id, program_id, invitation_id, email, invited_by, invited_at, expires_at)
       select $1, $2, gen_random_uuid(), n || '@example.test', 'test', $3::timestamptz, $3::timestamptz + interval '1 day'
         from generate_series(1, 499) n`,
      [app.company, parseId('Program', program), clock.now()],
    );
    expect(await invite(program, 'a@example.test')).toMatchObject({ status: 201 });
    expect(await invite(program, 'b@example.test')).toMatchObject({ status: 429 });
    expect(await invite(await app.openProgram(), 'b@example.test')).toMatchObject({ status: 201 });
  });

  it.each([
    ['no address', { email: 'pia' }, 'email'],
    ['no day', { validDays: 0 }, 'validDays'],
    ['more than a year', { validDays: 366 }, 'validDays'],
  ])('refuses %s by field', async (_what, wrong, field) => {
    const answer = await invite(await app.openProgram(), 'pia@example.test', wrong);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });

  it('lists by pages, of the own company only', async () => {
    const program = await app.openProgram();
    for (const name of ['a', 'b', 'c']) await invite(program, `${name}@example.test`);
    const first = await list(program, '?limit=2');
    const second = await list(program, `?limit=2&cursor=${first.nextCursor}`);
    expect([...first.data, ...second.data].map(({ email }) => email[0])).toEqual(['c', 'b', 'a']);
    expect(second.nextCursor).toBeNull();
    const [{ id }] = first.data;
    const hidden = { status: 404 };
    const path = `/v1/programs/${program}/invitations`;
    expect(await app.call('GET', path, undefined, app.other)).toMatchObject(hidden);
    expect(await app.call('GET', `${path}/${id}`, undefined, app.other)).toMatchObject(hidden);
    expect(await revoke(program, id, app.other)).toMatchObject(hidden);
    expect(await invite(program, 'x@example.test', {}, app.other)).toMatchObject(hidden);
    const theirs = await app.openProgram({}, app.other);
    expect(
      await app.call('GET', `/v1/programs/${theirs}/invitations/${id}`, undefined, app.other),
    ).toMatchObject(hidden);
  });

  it('keeps the token of one company from another', () => {
    const secretBox = app.server.app.get(SecretBox);
    const invitationId = newId('Invitation');
    const [one, two] = [app.company, app.other].map((companyId) =>
      programInvitationToken(secretBox, { companyId, invitationId }).split('.').at(-1),
    );
    expect(one).not.toBe(two);
  });
});
