import { newId } from '#kernel';
import { asAdmin, FixedClock } from '#testing';
import { ApprovalsApp } from './approvals-app.js';

describe('somebody of a removed partner in another team', () => {
  const clock = new FixedClock('2026-05-01T12:00:00.000Z');
  let app: ApprovalsApp;

  beforeAll(async () => {
    app = await ApprovalsApp.start(clock);
  });

  afterAll(() => app.close());

  it('is looked at by a person, and tells the company alone whose removal it was', async () => {
    const program = await app.openProgram();
    const rule = { name: 'Everyone', decision: 'approve' };
    await app.call('POST', `/v1/programs/${program}/application-rules`, { rules: [rule] });
    const [removed, shares, left, harbour, clean] = await Promise.all(
      Array.from({ length: 5 }, () => app.newPartner()),
    );
    const [person, formerly] = [newId('Person'), newId('Person')];
    const add = (personId: string, partner: typeof removed, removedAt: Date | null = null) =>
      asAdmin(
        app.server.database,
        `with person as (
           insert into access.person (person_id, email, name, created_at)
           values ($1::uuid, $1::text || '@example.org', 'P', now()) on conflict do nothing)
         insert into access.member (partner_id, member_id, person_id, role, invited_by, joined_at, removed_at, removed_by)
         select partner_id, $2, $1, 'owner', 'test', now(), $4::timestamptz, case when $4::timestamptz is not null then 'test' end
           from access.partner where email = $3`,
        [personId, newId('Member'), partner?.email, removedAt],
      );
    const applied = async (partner: typeof removed) => {
      const { body } = await app.apply(partner?.headers ?? {}, program);
      const seen = await app.call('GET', `/v1/applications/${body.id}`);
      return { own: body, decision: seen.body.automaticDecision };
    };
    const { own } = await applied(removed);
    clock.advance(1_000);
    await add(formerly, removed, clock.now());
    clock.advance(1_000);
    const removal = { reason: 'Spam', mayApplyAgain: false };
    await app.call('POST', `/v1/partnerships/${own.partnershipId}/remove`, removal);
    await add(person, removed, clock.now());
    await add(person, shares);
    await add(formerly, left);
    await add(person, harbour, clock.now());

    const suspected = await applied(shares);
    expect(suspected.decision).toMatchObject({
      decision: 'review',
      by: 'removal',
      removedPartnershipId: own.partnershipId,
    });
    expect(suspected.own).toMatchObject({
      state: 'pending',
      automaticDecision: { by: 'removal', removedPartnershipId: null },
    });
    const path = `/v1/partner/programs/${program}/applications`;
    const listed = await app.server.call('GET', path, shares?.headers);
    expect(listed.body.data).toMatchObject([{ automaticDecision: { removedPartnershipId: null } }]);
    for (const partner of [left, harbour, clean]) {
      expect((await applied(partner)).decision).toMatchObject({ decision: 'approve', by: 'rule' });
    }
    const elsewhere = await app.openProgram({}, app.other);
    await app.call('POST', `/v1/programs/${elsewhere}/application-rules`, { rules: [rule] }, app.other);
    const other = await app.apply(shares?.headers ?? {}, elsewhere);
    expect(other.body).toMatchObject({ state: 'approved', automaticDecision: { by: 'rule' } });
  });
});
