import type { Deletion } from '#rules';
import { newId, parseCurrency } from '#kernel';
import { CommissionsFixture, ONCE, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, customerDeleted, fulfilled, orderDecided, refunded } from '../../test/deliveries.js';

const PERCENT = { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 } };
const DUPLICATE: Deletion = { kind: 'deleted', extent: 'commission', reason: 'DUPLICATE', note: null };
const OF_ORDER: Deletion = { kind: 'deleted', extent: 'subject', reason: 'OTHER', note: 'Our mistake.' };

describe('deleting', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  const partner = aPartner();
  const customerId = newId('Customer');

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
  });

  beforeEach(async () => {
    service.clock.set('2026-05-20T12:00:00Z');
    tenant = await service.tenant();
    await service.offer(tenant, PERCENT);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner, customerId })]);
    service.publisher.events.length = 0;
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  const published = () => service.publisher.events.map(({ type, data }) => ({ type, ...data }));
  const remove = async (index = 0) => {
    const commission = (await service.commissions(tenant))[index];
    if (!commission) throw new Error('there is no such commission');
    return service.ruleOnCommissions.execute(tenant.principal, [commission.commission_id], DUPLICATE, ONCE);
  };

  it('B-42 B-47 takes a commission back with an opposite posting, and tells why', async () => {
    expect(await remove()).toMatchObject([{ state: 'reversed', problem: null }]);
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'reversed', reversal_reason: 'DUPLICATE', amount: 0, held: 0 },
    ]);
    expect(published()).toMatchObject([
      {
        type: 'commission.reversed',
        change: -2000,
        reason: 'DUPLICATE',
        deletion: { extent: 'commission', reason: 'DUPLICATE', note: null },
      },
    ]);
  });

  it.each([
    ['B-43', 'REFUNDED'],
    ['B-44', 'ACCOUNT_CANCELLED'],
    ['B-45', 'NOT_QUALIFIED'],
  ] as const)('%s keeps the reason %s with what is deleted', async (_, reason) => {
    const [commission] = await service.commissions(tenant);
    if (!commission) throw new Error('no commission');
    const ruling = { ...DUPLICATE, reason };
    const ids = [commission.commission_id];
    await service.ruleOnCommissions.execute(tenant.principal, ids, ruling, ONCE);
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'reversed', reversal_reason: reason }]);
  });

  it('B-42 a deleted commission stays deleted, whatever becomes known of its order', async () => {
    await remove();
    await service.deliver(
      [refunded(tenant, 'o1', { kind: 'single', refundKey: 'r1', amount: 1_000 })],
      [orderDecided(tenant, { orderKey: 'o1', partner, customerId, revision: 2 })],
    );
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'reversed', held: 0 }]);
    expect(await remove()).toMatchObject([{ problem: { code: 'commission.nothing_left' } }]);
  });

  it('B-42 takes it back after the hold, too', async () => {
    service.clock.set('2026-07-01T00:00:00Z');
    await service.releaseHolds.execute();
    await remove();
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'reversed', payable: 0 }]);
  });

  it('B-42 takes it back after the payout, too: the next one sets it off', async () => {
    service.clock.set('2026-07-01T00:00:00Z');
    await service.releaseHolds.execute();
    const draft = { programId: null, currency: parseCurrency('EUR'), threshold: 1n };
    const { payoutBatchId } = await service.createPayoutBatch.execute(tenant.principal, draft, ONCE);
    await service.payPayouts.batch(tenant.principal, payoutBatchId, 'SEPA 1', ONCE);
    await remove();
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'reversed', reversal_reason: 'DUPLICATE', amount: 0, payable: -2000, paid_out: 2000 },
    ]);
  });

  it('B-41 deletes an order with all that its offers earned', async () => {
    await service.deleteOrder.execute(tenant.principal, 'o1', OF_ORDER, ONCE);
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'reversed', reversal_reason: 'OTHER', held: 0 },
    ]);
    expect(published()).toMatchObject([
      { reason: 'OTHER', deletion: { extent: 'subject', reason: 'OTHER', note: 'Our mistake.' } },
    ]);
    await expect(service.deleteOrder.execute(tenant.principal, 'o1', OF_ORDER, ONCE)).rejects.toMatchObject({
      code: 'order.already_deleted',
    });
  });

  it('B-41 whoever is credited with a deleted order later earns nothing by it', async () => {
    await service.deleteOrder.execute(tenant.principal, 'o1', OF_ORDER, ONCE);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner: aPartner(), revision: 2 })]);
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'reversed', held: 0 }]);
  });

  it('B-41 finds no order of another company, and none that is not known yet', async () => {
    const stranger = await service.tenant();
    for (const [as, orderKey] of [
      [stranger, 'o1'],
      [tenant, 'unknown'],
    ] as const) {
      await expect(service.deleteOrder.execute(as.principal, orderKey, OF_ORDER, ONCE)).rejects.toMatchObject(
        { kind: 'not_found' },
      );
    }
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'held' }]);
  });

  it('B-41 tells of what only waited, too', async () => {
    await service.deliver([orderDecided(tenant, { orderKey: 'o2', partner, fulfilmentPolicy: 'first' })]);
    await service.deleteOrder.execute(tenant.principal, 'o2', OF_ORDER, ONCE);
    await service.deliver([fulfilled(tenant, 'o2', '2026-05-19T10:00:00Z')]);
    expect((await service.commissions(tenant))[1]).toMatchObject({ state: 'reversed', held: 0 });
    expect(published()).toMatchObject([{ type: 'commission.reversed', change: 0, reason: 'OTHER' }]);
  });

  it('B-40 deletes with a customer what it did until then, when the company wants it back', async () => {
    await service.deliver([customerDeleted(tenant, customerId, 'reverse')]);
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'reversed', reversal_reason: 'FRAUD' },
    ]);
    expect(published()).toMatchObject([{ deletion: { extent: 'customer', reason: 'FRAUD' } }]);
  });

  it('B-40 keeps the commissions of a deleted customer where the company says so', async () => {
    await service.deliver([customerDeleted(tenant, customerId, 'keep')]);
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'held', held: 2000 }]);
  });

  it('B-40 finds an order that is decided after the deletion and was placed before it, not a later one', async () => {
    await service.deliver(
      [customerDeleted(tenant, customerId, 'reverse')],
      [
        orderDecided(tenant, { orderKey: 'o2', partner, customerId, placedAt: '2026-05-20T10:00:00Z' }),
        orderDecided(tenant, { orderKey: 'o3', partner, customerId, placedAt: '2026-05-20T10:00:00.001Z' }),
      ],
    );
    expect(await service.commissions(tenant)).toMatchObject([
      { subject_key: 'o1', state: 'reversed' },
      { subject_key: 'o3', state: 'held', held: 2000 },
    ]);
  });
});
