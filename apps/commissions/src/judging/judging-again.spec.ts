import { companyScope } from '#database';
import { newId } from '#kernel';
import { parseOfferRule } from '#rules';
import { eventually } from '#testing';
import { CommissionsFixture, ONCE, type Tenant } from '../../test/commissions-fixture.js';
import { again, aPartner, fulfilled, orderDecided, refunded, signupDecided } from '../../test/deliveries.js';

const PERCENT = { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 } };
const FIRST_YEAR = { ...PERCENT, duration: { kind: 'months', months: 12, anchor: 'first_payment' } };

describe('judging again and at once', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  const partner = aPartner();

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
  });

  beforeEach(async () => {
    service.clock.set('2026-05-20T12:00:00Z');
    service.publisher.events.length = 0;
    tenant = await service.tenant();
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  const isOneWaiting = async () => {
    const { rows } = await service.admin.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length === 1;
  };

  const published = () => service.publisher.events.map(({ type, data }) => ({ type, ...data }));

  it('a better decision takes the commission back from one partner and gives it to the other', async () => {
    const other = aPartner();
    await service.offer(tenant, PERCENT);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner })]);
    const better = orderDecided(tenant, { orderKey: 'o1', partner: other, revision: 2 });
    await service.deliver([better], [again(better)], [orderDecided(tenant, { orderKey: 'o1', partner })]);
    const byPartner = new Map((await service.commissions(tenant)).map((row) => [row.partnership_id, row]));
    expect(byPartner.get(partner.partnershipId)).toMatchObject({
      state: 'reversed',
      reversal_reason: 'REATTRIBUTED',
      held: 0,
    });
    expect(byPartner.get(other.partnershipId)).toMatchObject({ state: 'held', held: 2000 });
    expect(published().slice(1)).toMatchObject([
      { type: 'commission.earned', partnershipId: other.partnershipId, change: 2000 },
      { type: 'commission.reversed', partnershipId: partner.partnershipId, reason: 'REATTRIBUTED' },
    ]);
  });

  it('an offer made later and back-dated pays for what comes to light after it, never for what was recorded', async () => {
    const customerId = newId('Customer');
    const order = (orderKey: string, revision = 1, to: typeof partner | null = partner) =>
      orderDecided(tenant, { orderKey, partner: to, revision, customerId, fulfilmentPolicy: 'first' });
    await service.deliver([order('recorded'), order('nobody’s', 1, null)]);
    await service.offer(tenant, PERCENT, '2026-01-01T00:00:00Z');
    // A fulfilment, a refund and an earlier first payment judge the recorded order again.
    await service.deliver(
      [fulfilled(tenant, 'recorded', '2026-05-13T10:00:00Z')],
      [refunded(tenant, 'recorded', { kind: 'snapshot', refundedTotal: 1_000 })],
      [orderDecided(tenant, { orderKey: 'late', partner, placedAt: '2026-05-01T10:00:00Z', customerId })],
      [order('recorded', 2, aPartner())],
      [order('nobody’s', 2)],
    );
    const rows = (await service.commissions(tenant)).map((row) => [row.subject_key, row.state, row.amount]);
    expect(rows).toEqual([
      ['late', 'held', 2000],
      ['nobody’s', 'waiting_fulfilment', 2000],
    ]);
  });

  it('an order that loses its partner altogether earns nobody anything', async () => {
    await service.offer(tenant, PERCENT);
    await service.deliver(
      [orderDecided(tenant, { orderKey: 'o1', partner })],
      [orderDecided(tenant, { orderKey: 'o1', partner: null, revision: 2 })],
      [orderDecided(tenant, { orderKey: 'o1', partner, revision: 3 })],
    );
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'held', held: 2000 }]);
  });

  it('A-25 an order replayed years later is judged by the version in force when it was placed', async () => {
    const offerId = await service.offer(tenant, PERCENT, '2026-01-01T00:00:00Z');
    service.clock.set('2026-06-01T00:00:00Z');
    await service.reviseOffer.execute(
      tenant.principal,
      offerId,
      {
        rule: parseOfferRule({ ...PERCENT, reward: { kind: 'percent', basisPoints: 100 } }),
        effectiveFrom: null,
      },
      ONCE,
    );
    service.clock.set('2030-01-01T00:00:00Z');
    await service.deliver([
      orderDecided(tenant, { orderKey: 'last of v1', partner, placedAt: '2026-05-31T23:59:59.999Z' }),
      orderDecided(tenant, { orderKey: 'first of v2', partner, placedAt: '2026-06-01T00:00:00Z' }),
      orderDecided(tenant, { orderKey: 'too early', partner, placedAt: '2025-12-31T23:59:59.999Z' }),
    ]);
    expect(await service.commissions(tenant)).toMatchObject([
      { subject_key: 'first of v2', state: 'payable', payable: 100 },
      { subject_key: 'last of v1', state: 'payable', payable: 2000 },
    ]);
  });

  it('A-25 an offer created back-dated later does not touch what was judged before', async () => {
    await service.offer(tenant, PERCENT);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner })]);
    await service.offer(tenant, { ...PERCENT, reward: { kind: 'flat', amount: 700, currency: 'EUR' } });
    await service.deliver([refunded(tenant, 'o1', { kind: 'single', refundKey: 'r1', amount: 5_000 })]);
    expect(await service.commissions(tenant)).toMatchObject([{ held: 1000 }]);
  });

  it('B-35 an older first payment that becomes known later ends the first year earlier', async () => {
    await service.offer(tenant, FIRST_YEAR);
    const customerId = newId('Customer');
    const order = (orderKey: string, placedAt: string) =>
      orderDecided(tenant, { orderKey, partner, customerId, placedAt });
    await service.deliver([order('second', '2026-05-12T10:00:00Z')]);
    expect(await service.commissions(tenant)).toMatchObject([{ subject_key: 'second', held: 2000 }]);
    await service.deliver([order('first', '2025-05-12T10:00:00Z')]);
    expect(await service.commissions(tenant)).toMatchObject([
      { subject_key: 'first', state: 'payable', payable: 2000 },
      { subject_key: 'second', state: 'reversed', reversal_reason: 'NOT_QUALIFIED', held: 0 },
    ]);
  });

  it('B-35 a signup that becomes known after the order opens an offer counted from it', async () => {
    await service.offer(tenant, {
      ...FIRST_YEAR,
      duration: { kind: 'months', months: 12, anchor: 'signup' },
    });
    const customerId = newId('Customer');
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner, customerId })]);
    expect(await service.commissions(tenant)).toEqual([]);
    await service.deliver([
      signupDecided(tenant, { customerKey: 'anna', partner, at: '2026-05-01T00:00:00Z', customerId }),
    ]);
    expect(await service.commissions(tenant)).toMatchObject([{ subject_key: 'o1', held: 2000 }]);
  });

  it('judges a batch of several companies, each by its own offers', async () => {
    const other = await service.tenant();
    await service.offer(tenant, PERCENT);
    await service.offer(other, { ...PERCENT, reward: { kind: 'percent', basisPoints: 1000 } });
    await service.deliver([
      orderDecided(tenant, { orderKey: 'same key', partner }),
      orderDecided(other, { orderKey: 'same key', partner: aPartner() }),
    ]);
    expect(await service.commissions(tenant)).toMatchObject([{ held: 2000 }]);
    expect(await service.commissions(other)).toMatchObject([{ held: 1000 }]);
  });

  it('two batches over one order at the same moment end as one after the other would', async () => {
    await service.offer(tenant, PERCENT);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner })]);
    const refunds = Array.from({ length: 8 }, (_, index) => [
      refunded(tenant, 'o1', { kind: 'single', refundKey: `r${index % 4}`, amount: 1_000 }),
    ]);
    await Promise.all(refunds.map((batch) => service.batch(batch)));
    expect(await service.commissions(tenant)).toMatchObject([{ held: 1200 }]);
  });

  it("a new customer's first payment counts for a later order that is recorded at the same moment", async () => {
    await service.offer(tenant, FIRST_YEAR);
    const customerId = newId('Customer');
    const order = (orderKey: string, placedAt: string) =>
      orderDecided(tenant, { orderKey, partner, customerId, placedAt });
    let first: Promise<unknown> = Promise.resolve();
    await service.database.transaction(companyScope(tenant.companyId), async (tx) => {
      await service.handle(tx, [order('second', '2026-05-12T10:00:00Z')]);
      first = service.batch([order('first', '2025-05-12T10:00:00Z')]);
      await eventually(isOneWaiting);
    });
    await first;
    expect(await service.commissions(tenant)).toMatchObject([
      { subject_key: 'first', payable: 2000 },
      { subject_key: 'second', state: 'reversed', reversal_reason: 'NOT_QUALIFIED' },
    ]);
  });

  it('a decision and the facts of its order at the same moment lose nothing', async () => {
    await service.offer(tenant, PERCENT);
    for (let round = 0; round < 10; round += 1) {
      const orderKey = `o${round}`;
      const refund = refunded(tenant, orderKey, { kind: 'snapshot', refundedTotal: 5_000 });
      const [[outcome]] = await Promise.all([
        service.batch([refund]),
        service.batch([orderDecided(tenant, { orderKey, partner })]),
      ]);
      const woken = service.publisher.woken.splice(0);
      // Either the refund found the order, or the decision found the refund waiting.
      expect(woken).toHaveLength(outcome?.kind === 'wait' ? 1 : 0);
      if (outcome?.kind === 'wait') await service.batch([refund]);
    }
    const held = (await service.commissions(tenant)).map((row) => row.held);
    expect(held).toEqual(Array.from({ length: 10 }, () => 1000));
  });
});
