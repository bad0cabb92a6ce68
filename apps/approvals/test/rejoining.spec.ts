import { MikroORM } from '@mikro-orm/postgresql';
import { companyScope, Database } from '#database';
import { parseId } from '#kernel';
import { asAdmin, FixedClock } from '#testing';
import { ApprovalsApp } from './approvals-app.js';

describe('joining again', () => {
  const clock = new FixedClock('2026-05-01T12:00:00.000Z');
  let app: ApprovalsApp;

  beforeAll(async () => {
    app = await ApprovalsApp.start(clock);
  });

  afterAll(() => app.close());

  /** The periods of a membership as attribution reads them, oldest first. */
  const periodsOf = (partnership: string) =>
    new Database(app.server.app.get(MikroORM), 'attribution').transaction(companyScope(app.company), (tx) =>
      tx.query(
        `select ended_at is not null as is_over,
           started_at > lag(ended_at) over (order by started_at) as comes_later
         from approvals.published_membership_period where partnership_id = $1 order by started_at`,
        [parseId('Partnership', partnership)],
      ),
    );

  it('takes a new application after a leave, as the same partnership and a period of its own', async () => {
    const [{ headers }, program] = [await app.newPartner(), await app.openProgram()];
    const partnership = await app.join(headers, program);
    await app.leave(headers, program);
    const again = await app.apply(headers, program);
    expect(again).toMatchObject({ status: 201, body: { partnershipId: partnership, state: 'pending' } });
    expect(await app.summary(headers, program)).toMatchObject({
      state: 'pending',
      approvedAt: null,
      endedAt: null,
    });
    expect(await app.tabs(headers, program)).toMatchObject({
      links: 'APPLICATION_PENDING',
      commissions: 'open',
      messages: 'open',
    });
    expect(await periodsOf(partnership)).toHaveLength(1);
    const path = `/v1/partner/programs/${program}/applications`;
    const own = await app.server.call('GET', path, headers);
    expect(own.body.data).toMatchObject([{ id: again.body.id, state: 'pending' }, { state: 'approved' }]);
    const { headers: stranger } = await app.newPartner();
    expect(await app.server.call('GET', path, stranger)).toMatchObject({ status: 404 });
    const filtered = await app.call('GET', `/v1/applications?programId=${program}&state=pending`);
    expect(filtered.body.data).toMatchObject([{ id: again.body.id }]);

    await app.review(again.body.id, 'approve');
    expect(await app.tabs(headers, program)).toMatchObject({ links: 'open' });
    const [first, second, ...more] = await periodsOf(partnership);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ is_over: true });
    expect(second).toMatchObject({ is_over: false, comes_later: true });
  });

  it('shows the company every period, group and acceptance of a partnership', async () => {
    const [{ headers }, program] = [await app.newPartner(), await app.openProgram()];
    await app.call('POST', `/v1/programs/${program}/terms`, { text: 'Be honest.' });
    const partnership = await app.join(headers, program);
    const accept = `/v1/partner/programs/${program}/terms-acceptances`;
    await app.server.call('POST', accept, { ...headers, 'user-agent': 'Browser/1.0' }, { version: 1 });
    clock.advance(1_000);
    await app.leave(headers, program);
    await app.join(headers, program);
    const read = await app.call('GET', `/v1/partnerships/${partnership}`);
    expect(read).toMatchObject({
      status: 200,
      body: {
        state: 'approved',
        periods: [
          { startedAt: '2026-05-01T12:00:00.000Z', endedAt: '2026-05-01T12:00:01.000Z', end: 'left' },
          { startedAt: '2026-05-01T12:00:01.000Z', endedAt: null, end: null },
        ],
        groups: [{ name: 'Partners', since: '2026-05-01T12:00:00.000Z' }],
        acceptedTerms: [{ version: 1, address: '127.0.0.1', userAgent: 'Browser/1.0' }],
      },
    });
    expect(await app.call('GET', `/v1/partnerships/${partnership}`, undefined, app.other)).toMatchObject({
      status: 404,
    });
  });

  it('takes a new application after a removal only where the company did not bar it', async () => {
    const [barred, welcome] = [await app.newPartner(), await app.newPartner()];
    const program = await app.openProgram();
    const removed = async (partner: Record<string, string>, body: object) =>
      app.call('POST', `/v1/partnerships/${await app.join(partner, program)}/remove`, {
        reason: 'Spam',
        ...body,
      });
    expect(await removed(barred.headers, { mayApplyAgain: false })).toMatchObject({
      status: 200,
      body: { mayApplyAgain: false },
    });
    expect(await removed(welcome.headers, {})).toMatchObject({ status: 200, body: { mayApplyAgain: true } });
    const events = await asAdmin(
      app.server.database,
      `select data->>'reason' as reason, data->>'mayApplyAgain' as may_apply_again from bus.event
        where type = 'partner.removed' order by event_id`,
    );
    expect(events).toEqual([
      { reason: 'Spam', may_apply_again: 'false' },
      { reason: 'Spam', may_apply_again: 'true' },
    ]);
    expect(await app.apply(barred.headers, program)).toMatchObject({
      status: 409,
      body: { code: 'partnership.barred' },
    });
    expect(await app.apply(welcome.headers, program)).toMatchObject({ status: 201 });

    const [barredNow] = (await app.call('GET', `/v1/partnerships?programId=${program}&state=removed`)).body
      .data;
    await app.call('PATCH', `/v1/partnerships/${barredNow.id}`, { mayApplyAgain: true });
    expect(await app.apply(barred.headers, program)).toMatchObject({ status: 201 });
  });
});
