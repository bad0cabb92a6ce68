import { parseCurrency } from '#kernel';
import type { Deletion } from '#rules';
import { addMembership } from '#testing';
import { CommissionsFixture, ONCE, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, orderDecided } from '../../test/deliveries.js';

const EUR = parseCurrency('EUR');
const TEST: Deletion = { kind: 'deleted', extent: 'commission', reason: 'TEST', note: null };

describe('adjustments by hand', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  let partner = aPartner();

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
  });

  beforeEach(async () => {
    tenant = await service.tenant();
    partner = aPartner();
    await service.join(tenant, partner);
    service.publisher.events.length = 0;
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  const adjust = (amount: bigint, as = tenant) =>
    service.adjustBalance.execute(
      as.principal,
      { partnershipId: partner.partnershipId, amount, currency: EUR, reason: 'Bonus for May' },
      ONCE,
    );
  const remove = ({ commissionId }: Awaited<ReturnType<typeof adjust>>) =>
    service.ruleOnCommissions.execute(tenant.principal, [commissionId], TEST, ONCE);
  const payEverything = async () => {
    const draft = { programId: null, currency: EUR, threshold: 1n };
    const { payoutBatchId } = await service.createPayoutBatch.execute(tenant.principal, draft, ONCE);
    return service.payPayouts.batch(tenant.principal, payoutBatchId, 'SEPA 1', ONCE);
  };

  it('give an amount that is payable at once, with the reason', async () => {
    expect(await adjust(500n)).toMatchObject({
      subjectKind: 'adjustment',
      offer: null,
      amount: 500n,
      adjustmentReason: 'Bonus for May',
    });
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'payable', amount: 500, payable: 500 },
    ]);
    expect(service.publisher.events).toMatchObject([
      { type: 'commission.adjusted', data: { amount: 500, currency: 'EUR', reason: 'Bonus for May' } },
    ]);
  });

  it('take an amount, which the next payout sets off', async () => {
    await service.offer(tenant, {
      trigger: 'sale',
      reward: { kind: 'percent', basisPoints: 2000 },
      holdDays: 0,
    });
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner })]);
    await adjust(-500n);
    expect((await payEverything()).totals.paid).toEqual({ payouts: 1, amount: 1500n });
    expect((await service.commissions(tenant)).map(({ state }) => state)).toEqual(['paid', 'paid']);
  });

  it('B-42 are taken back by an opposite posting, before and after they are paid', async () => {
    const [early, late] = [await adjust(500n), await adjust(700n)];
    expect(await remove(early)).toMatchObject([{ state: 'reversed', problem: null }]);
    await payEverything();
    expect(await remove(late)).toMatchObject([{ state: 'reversed', problem: null }]);
    expect(await remove(late)).toMatchObject([{ problem: { code: 'commission.nothing_left' } }]);
    const byPayable = (await service.commissions(tenant)).toSorted((a, b) => a.payable - b.payable);
    expect(byPayable).toMatchObject([
      { state: 'reversed', reversal_reason: 'TEST', amount: 0, payable: -700, paid_out: 700 },
      { state: 'reversed', reversal_reason: 'TEST', amount: 0, payable: 0, paid_out: 0 },
    ]);
  });

  it('need a partner of the company who was approved once', async () => {
    const stranger = await service.tenant();
    await expect(adjust(500n, stranger)).rejects.toMatchObject({ kind: 'not_found' });
    const { partnershipId } = await addMembership(service.server, tenant, { state: 'pending' });
    const adjustment = { partnershipId, amount: 1n, currency: EUR, reason: 'Too early' };
    await expect(service.adjustBalance.execute(tenant.principal, adjustment, ONCE)).rejects.toMatchObject({
      code: 'partnership.never_approved',
    });
  });
});
