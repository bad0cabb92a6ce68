import type { DeletionReason } from '#contracts';
import { type Id, newId } from '#kernel';
import { CommissionsFixture, ONCE, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, orderDecided, refunded } from '../../test/deliveries.js';

const REVIEWED = { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 }, review: 'manual' };

describe('the review of commissions', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  const partner = aPartner();

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
  });

  beforeEach(async () => {
    service.clock.set('2026-05-20T12:00:00Z');
    tenant = await service.tenant();
    await service.offer(tenant, REVIEWED);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner })]);
    service.publisher.events.length = 0;
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  const published = () => service.publisher.events.map(({ type, data }) => ({ type, ...data }));
  const only = async () => {
    const [commission] = await service.commissions(tenant);
    if (!commission) throw new Error('there is no commission');
    return commission;
  };
  const approve = (ids: readonly Id<'Commission'>[], as = tenant) =>
    service.ruleOnCommissions.execute(as.principal, ids, { kind: 'approved', note: null }, ONCE);
  const decline = (ids: readonly Id<'Commission'>[], reason: DeletionReason = 'FRAUD') =>
    service.ruleOnCommissions.execute(
      tenant.principal,
      ids,
      { kind: 'declined', reason, note: 'Seen.' },
      ONCE,
    );

  it('A-22 owes nothing until the company approves, and says what it will come to', async () => {
    expect(await only()).toMatchObject({ state: 'in_review', amount: 2000, held: 0, payable: 0 });
  });

  it('A-23 owes it once approved, held until the same day as without a review, and tells so', async () => {
    const { commission_id } = await only();
    expect(await approve([commission_id])).toEqual([
      { commissionId: commission_id, state: 'approved', reversalReason: null, problem: null },
    ]);
    expect(await only()).toMatchObject({
      state: 'approved',
      held: 2000,
      held_until: new Date('2026-06-10T22:00:00Z'),
    });
    expect(published()).toMatchObject([
      { type: 'commission.earned', change: 2000 },
      { type: 'commission.reviewed', outcome: 'approved', amount: 2000, reason: null },
    ]);
    service.clock.set('2026-06-10T22:00:00Z');
    await service.releaseHolds.execute();
    expect(await only()).toMatchObject({ state: 'payable', held: 0, payable: 2000 });
  });

  it('is payable at once when approved after the hold', async () => {
    service.clock.set('2026-07-01T00:00:00Z');
    await approve([(await only()).commission_id]);
    expect(await only()).toMatchObject({ state: 'payable', payable: 2000 });
  });

  it('A-23 declines with a reason that stays, whatever becomes known later', async () => {
    const { commission_id } = await only();
    expect(await decline([commission_id])).toMatchObject([{ state: 'declined', problem: null }]);
    expect(published()).toMatchObject([
      { type: 'commission.reviewed', outcome: 'declined', amount: 2000, reason: 'FRAUD', note: 'Seen.' },
    ]);
    await service.deliver([refunded(tenant, 'o1', { kind: 'single', refundKey: 'r1', amount: 1_000 })]);
    expect(await only()).toMatchObject({ state: 'declined', reversal_reason: 'FRAUD', amount: 0, held: 0 });
  });

  it('can approve after all what was declined, by what is left of it', async () => {
    const { commission_id } = await only();
    await decline([commission_id]);
    await service.deliver([refunded(tenant, 'o1', { kind: 'single', refundKey: 'r1', amount: 5_000 })]);
    await approve([commission_id]);
    expect(await only()).toMatchObject({ state: 'approved', reversal_reason: null, held: 1000 });
  });

  it('approves nothing of what moved to another partner after it was declined, and says so', async () => {
    const { commission_id } = await only();
    await decline([commission_id]);
    const [rival, customerId] = [aPartner(), newId('Customer')];
    await service.deliver([
      orderDecided(tenant, { orderKey: 'o1', partner: rival, revision: 2, customerId }),
    ]);
    service.publisher.events.length = 0;
    expect(await approve([commission_id])).toEqual([
      {
        commissionId: commission_id,
        state: 'declined',
        reversalReason: 'FRAUD',
        problem: {
          code: 'commission.credited_elsewhere',
          detail: expect.stringContaining('credited to another partner now') as unknown,
        },
      },
    ]);
    expect(published()).toEqual([]);
    const theirs = (await service.commissions(tenant)).filter((one) => one.commission_id !== commission_id);
    expect(theirs).toMatchObject([{ partnership_id: rival.partnershipId, state: 'in_review', held: 0 }]);
    // Back with the first partner, it is as declined as it was, and can be approved.
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner, revision: 3, customerId })]);
    expect(await approve([commission_id])).toMatchObject([{ state: 'approved', problem: null }]);
  });

  it('approves nothing of a declined order that nobody is credited with any more', async () => {
    const { commission_id } = await only();
    await decline([commission_id]);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner: null, revision: 2 })]);
    expect(await approve([commission_id])).toMatchObject([
      {
        state: 'declined',
        problem: {
          code: 'commission.credited_elsewhere',
          detail: expect.stringContaining('to no partner') as unknown,
        },
      },
    ]);
  });

  it('approves nothing of a declined order that was deleted meanwhile', async () => {
    const { commission_id } = await only();
    await decline([commission_id]);
    const deletion = { kind: 'deleted', extent: 'subject', reason: 'TEST', note: null } as const;
    await service.deleteOrder.execute(tenant.principal, 'o1', deletion, ONCE);
    expect(await approve([commission_id])).toMatchObject([
      { state: 'declined', reversalReason: 'FRAUD', problem: { code: 'commission.nothing_left' } },
    ]);
  });

  it('approves nothing of a declined commission whose order is in another currency now', async () => {
    const { commission_id } = await only();
    await decline([commission_id]);
    const corrected = orderDecided(tenant, { orderKey: 'o1', partner, revision: 2, currency: 'USD' });
    await service.deliver([corrected]);
    service.publisher.events.length = 0;
    expect(await approve([commission_id])).toMatchObject([
      { state: 'declined', problem: { code: 'commission.superseded' } },
    ]);
    expect(published()).toEqual([]);
  });

  it('says that what was approved comes to nothing when all of it was refunded meanwhile', async () => {
    const { commission_id } = await only();
    await decline([commission_id]);
    await service.deliver([refunded(tenant, 'o1', { kind: 'snapshot', refundedTotal: 10_000 })]);
    expect(await approve([commission_id])).toMatchObject([
      { state: 'reversed', reversalReason: 'REFUNDED', problem: null },
    ]);
  });

  it('judges refunds after the approval by themselves: nobody has to approve again', async () => {
    const { commission_id } = await only();
    await approve([commission_id]);
    await service.deliver([refunded(tenant, 'o1', { kind: 'single', refundKey: 'r1', amount: 5_000 })]);
    expect(await only()).toMatchObject({ state: 'approved', held: 1000 });
    await service.deliver([refunded(tenant, 'o1', { kind: 'snapshot', refundedTotal: 10_000 })]);
    expect(await only()).toMatchObject({ state: 'reversed', reversal_reason: 'REFUNDED', held: 0 });
  });

  it('takes out of the review what was refunded altogether meanwhile', async () => {
    await service.deliver([refunded(tenant, 'o1', { kind: 'snapshot', refundedTotal: 10_000 })]);
    expect(await only()).toMatchObject({ state: 'reversed', reversal_reason: 'REFUNDED' });
  });

  it('answers each of many for itself', async () => {
    await service.deliver([orderDecided(tenant, { orderKey: 'o2', partner })]);
    const [first, second] = await service.commissions(tenant);
    if (!first || !second) throw new Error('there are two commissions');
    await approve([first.commission_id]);
    const stranger = newId('Commission');
    expect(await approve([first.commission_id, stranger, second.commission_id])).toMatchObject([
      { state: 'approved', problem: { code: 'commission.not_in_review' } },
      { commissionId: stranger, state: null, problem: { code: 'not_found' } },
      { state: 'approved', problem: null },
    ]);
    expect(await decline([first.commission_id])).toMatchObject([
      { state: 'approved', problem: { code: 'commission.not_in_review' } },
    ]);
  });

  it('leaves the commissions of another company alone', async () => {
    const stranger = await service.tenant();
    expect(await approve([(await only()).commission_id], stranger)).toMatchObject([
      { state: null, problem: { code: 'not_found' } },
    ]);
    expect(await only()).toMatchObject({ state: 'in_review' });
  });

  it('loses neither an approval nor a refund that come at the same moment', async () => {
    for (const index of [1, 2, 3, 4, 5]) {
      const orderKey = `at once ${index}`;
      await service.deliver([orderDecided(tenant, { orderKey, partner })]);
      const commission = (await service.commissions(tenant)).find((one) => one.subject_key === orderKey);
      const refund = refunded(tenant, orderKey, { kind: 'single', refundKey: 'r1', amount: 5_000 });
      await Promise.all([approve(commission ? [commission.commission_id] : []), service.deliver([refund])]);
    }
    const atOnce = (await service.commissions(tenant)).filter((one) => one.subject_key.startsWith('at once'));
    expect(atOnce).toHaveLength(5);
    for (const commission of atOnce) expect(commission).toMatchObject({ state: 'approved', held: 1000 });
  });

  it('approves once when two people do so at the same moment', async () => {
    const { commission_id } = await only();
    const results = await Promise.all([approve([commission_id]), approve([commission_id])]);
    expect(results.flat().filter(({ problem }) => problem === null)).toHaveLength(1);
    expect(await only()).toMatchObject({ state: 'approved', held: 2000 });
  });
});
