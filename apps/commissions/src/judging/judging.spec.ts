import { companyScope } from '#database';
import { CommissionsFixture, type Tenant } from '../../test/commissions-fixture.js';
import { again, aPartner, fulfilled, orderDecided, refunded, signupDecided } from '../../test/deliveries.js';

const PERCENT = { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 } };
const BONUS = { trigger: 'signup', reward: { kind: 'flat', amount: 500, currency: 'EUR' } };

describe('judging orders and signups', () => {
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

  const published = () => service.publisher.events.map(({ type, data }) => ({ type, ...data }));

  async function evaluations() {
    const { rows } = await service.admin.query<{
      evaluation_no: number;
      outcome: string;
      offer_version: number;
      target_amount: string;
      conditions: { code: string; passed: boolean; wouldPassIf: string | null }[];
    }>(
      `select evaluation_no, outcome, offer_version, target_amount, conditions from commissions.evaluation
       where company_id = $1 order by evaluation_no, jsonb_array_length(conditions) desc`,
      [tenant.companyId],
    );
    return rows;
  }

  it('B-31 earns a percentage of a sale, held until the local midnight after the hold days', async () => {
    await service.offer(tenant, PERCENT);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner })]);
    expect(await service.commissions(tenant)).toMatchObject([
      {
        state: 'held',
        amount: 2000,
        held: 2000,
        payable: 0,
        currency: 'EUR',
        held_until: new Date('2026-06-10T22:00:00Z'),
      },
    ]);
    expect(published()).toMatchObject([
      { type: 'commission.earned', amount: 2000, change: 2000, heldUntil: '2026-06-10T22:00:00.000Z' },
    ]);
  });

  it('B-31 earns a flat reward for a signup', async () => {
    await service.offer(tenant, BONUS);
    await service.deliver([
      signupDecided(tenant, { customerKey: 'anna', partner, at: '2026-05-01T00:00:00Z' }),
    ]);
    expect(await service.commissions(tenant)).toMatchObject([{ subject_key: 'anna', held: 500 }]);
  });

  it('B-32 stores a no with its condition, and earns nothing', async () => {
    await service.offer(tenant, { ...PERCENT, minimumOrder: { amount: 10_001, currency: 'EUR' } });
    await service.offer(tenant, BONUS);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner })]);
    expect(await service.commissions(tenant)).toEqual([]);
    expect(await evaluations()).toMatchObject([
      {
        outcome: 'not_qualified',
        conditions: [
          { code: 'TRIGGER', passed: true },
          {
            code: 'MINIMUM_ORDER',
            passed: false,
            wouldPassIf: 'it had been an order of at least 100.01 EUR',
          },
        ],
      },
      { outcome: 'not_qualified', conditions: [{ code: 'TRIGGER', passed: false }] },
    ]);
  });

  it('records an order that nobody is credited with, and evaluates nothing', async () => {
    await service.offer(tenant, PERCENT);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner: null })]);
    expect(await evaluations()).toEqual([]);
    const orders = await service.database
      .as('attribution')
      .transaction(companyScope(tenant.companyId), (tx) =>
        tx.query('select state, amount::int, partnership_id from commissions.published_order'),
      );
    expect(orders).toEqual([{ state: 'earned', amount: 10_000, partnership_id: null }]);
  });

  it('A-18 A-19 waits for the fulfilment and then earns', async () => {
    await service.offer(tenant, PERCENT);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner, fulfilmentPolicy: 'first' })]);
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'waiting_fulfilment', amount: 2000, held: 0 },
    ]);
    expect(published()).toEqual([]);
    await service.deliver([fulfilled(tenant, 'o1', '2026-05-15T10:00:00Z')]);
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'held', held: 2000, held_until: new Date('2026-06-13T22:00:00Z') },
    ]);
    expect((await evaluations()).map(({ outcome }) => outcome)).toEqual(['waiting_fulfilment', 'earned']);
  });

  it('A-21 a second fulfilment changes nothing; an earlier one moves the hold', async () => {
    await service.offer(tenant, PERCENT);
    await service.deliver(
      [orderDecided(tenant, { orderKey: 'o1', partner, fulfilmentPolicy: 'first' })],
      [fulfilled(tenant, 'o1', '2026-05-15T10:00:00Z')],
      [fulfilled(tenant, 'o1', '2026-05-17T10:00:00Z')],
      [fulfilled(tenant, 'o1', '2026-05-14T10:00:00Z')],
    );
    expect(await service.commissions(tenant)).toMatchObject([
      { held: 2000, held_until: new Date('2026-06-12T22:00:00Z') },
    ]);
    expect(await evaluations()).toHaveLength(2);
  });

  it('a partial refund reverses in proportion, a full one all of it', async () => {
    await service.offer(tenant, PERCENT);
    await service.deliver(
      [orderDecided(tenant, { orderKey: 'o1', partner })],
      [refunded(tenant, 'o1', { kind: 'single', refundKey: 'r1', amount: 3_333 })],
    );
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'held', amount: 1333, held: 1333 }]);
    expect(published().at(-1)).toMatchObject({
      type: 'commission.reversed',
      amount: 1333,
      change: -667,
      reason: 'REFUNDED',
    });
    await service.deliver([refunded(tenant, 'o1', { kind: 'snapshot', refundedTotal: 10_000 })]);
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'reversed', reversal_reason: 'REFUNDED', amount: 0, held: 0 },
    ]);
  });

  it('the same facts under other event ids post nothing more', async () => {
    await service.offer(tenant, PERCENT);
    const order = orderDecided(tenant, { orderKey: 'o1', partner });
    const refund = refunded(tenant, 'o1', { kind: 'single', refundKey: 'r1', amount: 5_000 });
    await service.deliver([order, again(order)], [refund, again(refund)]);
    await service.deliver([again(order)], [again(refund)]);
    expect(await service.commissions(tenant)).toMatchObject([{ held: 1000 }]);
    expect(await evaluations()).toHaveLength(2);
    expect(published()).toHaveLength(2);
  });

  it('a refund that comes before its order waits for it and is woken by it', async () => {
    await service.offer(tenant, PERCENT);
    const refund = refunded(tenant, 'o1', { kind: 'single', refundKey: 'r1', amount: 5_000 });
    expect(await service.batch([refund])).toEqual([
      {
        kind: 'wait',
        waitFor: 'order:o1',
        reason: 'ORDER_NOT_KNOWN_YET',
        deadline: new Date('2026-06-19T10:00:00Z'),
      },
    ]);
    await service.deliver([refund], [orderDecided(tenant, { orderKey: 'o1', partner })]);
    expect(await service.commissions(tenant)).toMatchObject([{ held: 1000 }]);
  });

  it('a refund in another currency is a dead letter, the rest of its batch goes on', async () => {
    await service.offer(tenant, PERCENT);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner })]);
    const outcomes = await service.batch([
      refunded(tenant, 'o1', { kind: 'single', refundKey: 'r1', amount: 1 }, undefined, 'USD'),
      refunded(tenant, 'o1', { kind: 'single', refundKey: 'r2', amount: 5_000 }),
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'permanent', code: 'REFUND_CURRENCY_MISMATCH' },
      { kind: 'done' },
    ]);
    expect(await service.commissions(tenant)).toMatchObject([{ held: 1000 }]);
  });
});
