import { companyScope, type Scope } from '#database';
import { parseCurrency } from '#kernel';
import { CommissionsFixture, ONCE, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, orderDecided, refunded } from '../../test/deliveries.js';

const NO_HOLD = { trigger: 'sale', reward: { kind: 'percent', basisPoints: 2000 }, holdDays: 0 };
const EUR = parseCurrency('EUR');

describe('payouts', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  let [partner, other] = [aPartner(), aPartner()];

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-06-01T12:00:00Z');
  });

  beforeEach(async () => {
    service.publisher.events.length = 0;
    tenant = await service.tenant();
    [partner, other] = [aPartner(), aPartner()];
    await service.offer(tenant, NO_HOLD);
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  const earn = (orderKey: string, amount = 10_000, who = partner, currency = 'EUR') =>
    service.deliver([orderDecided(tenant, { orderKey, partner: who, amount, currency })]);
  const refund = (orderKey: string, amount: number, refundKey = 'r1') =>
    service.deliver([refunded(tenant, orderKey, { kind: 'single', refundKey, amount })]);
  const pay = (threshold = 1n, currency = EUR) =>
    service.createPayoutBatch.execute(tenant.principal, { programId: null, currency, threshold }, ONCE);
  const markPaid = ({ payoutBatchId }: Awaited<ReturnType<typeof pay>>) =>
    service.payPayouts.batch(tenant.principal, payoutBatchId, 'SEPA 1', ONCE);
  const cancel = ({ payoutBatchId }: Awaited<ReturnType<typeof pay>>) =>
    service.cancelPayouts.batch(tenant.principal, payoutBatchId, 'Wrong account', ONCE);

  it('takes what is payable, and posts it once more when it is paid', async () => {
    await earn('o1');
    const batch = await pay();
    expect(batch.totals.open).toEqual({ payouts: 1, amount: 2000n });
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'payable', payable: 0, in_payout: 2000, paid_out: 0 },
    ]);
    expect((await markPaid(batch)).totals).toMatchObject({ open: { payouts: 0 }, paid: { amount: 2000n } });
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'paid', payable: 0, in_payout: 0, paid_out: 2000 },
    ]);
    expect(service.publisher.events.at(-1)).toMatchObject({
      type: 'payout.paid',
      companyId: tenant.companyId,
      data: { ...partner, currency: 'EUR', amount: 2000, externalReference: 'SEPA 1' },
    });
  });

  it('lets balances under the threshold wait, and pays those that reach it exactly', async () => {
    await earn('o1', 10_000);
    await earn('o2', 9_995, other);
    const batch = await pay(2000n);
    expect(batch.totals.open).toEqual({ payouts: 1, amount: 2000n });
    await expect(pay(2000n)).rejects.toMatchObject({ code: 'payout_batch.nothing_to_pay' });
    expect((await pay(1999n)).totals.open).toEqual({ payouts: 1, amount: 1999n });
  });

  it('pays one currency at a time', async () => {
    await earn('o1');
    await earn('o2', 5_000, partner, 'USD');
    expect((await pay()).totals.open.amount).toBe(2000n);
    expect((await pay(1n, parseCurrency('USD'))).totals.open.amount).toBe(1000n);
    await expect(pay(1n, parseCurrency('JPY'))).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('takes nothing that is held, waits or was reversed', async () => {
    await service.offer(tenant, { ...NO_HOLD, holdDays: 90 });
    await earn('o1');
    await service.deliver([orderDecided(tenant, { orderKey: 'o2', partner, fulfilmentPolicy: 'first' })]);
    await earn('o3');
    await refund('o3', 10_000);
    expect((await pay()).totals.open).toEqual({ payouts: 1, amount: 2000n });
  });

  it('pays nobody twice, however many batches are made at once', async () => {
    await earn('o1');
    await earn('o2', 4_000, other);
    const batches = await Promise.allSettled(Array.from({ length: 8 }, () => pay()));
    const made = batches.flatMap((batch) => (batch.status === 'fulfilled' ? [batch.value] : []));
    expect(made).toMatchObject([{ totals: { open: { payouts: 2, amount: 2800n } } }]);
    expect(batches.filter(({ status }) => status === 'rejected')).toHaveLength(7);
  });

  it('marks a payout paid once, however many say so at once, and never cancels what is paid', async () => {
    await earn('o1');
    const batch = await pay();
    const answers = await Promise.allSettled([
      markPaid(batch),
      markPaid(batch),
      cancel(batch),
      markPaid(batch),
    ]);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(cancel(batch)).rejects.toMatchObject({ code: 'payout.closed' });
  });

  it('makes payouts beside refunds of the same commissions, and every cent stays accounted for', async () => {
    const orders = Array.from({ length: 12 }, (_, index) => `o${index}`);
    await service.deliver(orders.map((orderKey) => orderDecided(tenant, { orderKey, partner })));
    await Promise.all([pay(), ...orders.map((orderKey) => refund(orderKey, 5_000)), pay().catch(() => null)]);
    await pay().catch(() => null);
    const rows = await service.commissions(tenant);
    expect(rows.map((row) => row.payable + row.in_payout)).toEqual(orders.map(() => 1000));
  });

  it('gives a cancelled payout back, and pays it with the next', async () => {
    await earn('o1');
    expect((await cancel(await pay())).totals.cancelled).toEqual({ payouts: 1, amount: 2000n });
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'payable', payable: 2000, in_payout: 0 },
    ]);
    await markPaid(await pay());
    expect(await service.commissions(tenant)).toMatchObject([{ state: 'paid', paid_out: 2000 }]);
  });

  it('sets a refund after the payout off against the next one', async () => {
    await earn('o1');
    await markPaid(await pay());
    await refund('o1', 3_333);
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'payable', amount: 1333, payable: -667, paid_out: 2000 },
    ]);
    await expect(pay()).rejects.toMatchObject({ code: 'payout_batch.nothing_to_pay' });
    await earn('o2', 5_000);
    const batch = await pay();
    expect(batch.totals.open.amount).toBe(333n);
    await markPaid(batch);
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'paid', payable: 0, paid_out: 1333 },
      { state: 'paid', payable: 0, paid_out: 1000 },
    ]);
  });

  it('keeps the tombstone of what was refunded altogether after the payout, and takes the amount back', async () => {
    await earn('o1');
    await markPaid(await pay());
    await refund('o1', 10_000);
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'reversed', reversal_reason: 'REFUNDED', payable: -2000, paid_out: 2000 },
    ]);
    await earn('o2', 20_000);
    await markPaid(await pay());
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'reversed', payable: 0, paid_out: 0 },
      { state: 'paid', paid_out: 4000 },
    ]);
  });

  it('a refund between the making and the paying of a payout is set off against the next', async () => {
    await earn('o1');
    const batch = await pay();
    await refund('o1', 5_000);
    await markPaid(batch);
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'payable', amount: 1000, payable: -1000, paid_out: 2000 },
    ]);
  });

  it('gives a set-off back when its payout is cancelled', async () => {
    await earn('o1');
    await markPaid(await pay());
    await earn('o2', 50_000);
    await refund('o1', 5_000);
    const setOff = await pay();
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'payable', payable: 0, in_payout: -1000, paid_out: 2000 },
      { state: 'payable', in_payout: 10_000 },
    ]);
    await cancel(setOff);
    expect(await service.commissions(tenant)).toMatchObject([
      { state: 'payable', payable: -1000, in_payout: 0, paid_out: 2000 },
      { state: 'payable', payable: 10_000 },
    ]);
  });

  it('does the same once for the same Idempotency-Key', async () => {
    await earn('o1');
    const request = { ...ONCE, key: 'june' };
    const draft = { programId: null, currency: EUR, threshold: 1n };
    const first = await service.createPayoutBatch.execute(tenant.principal, draft, request);
    const again = await service.createPayoutBatch.execute(tenant.principal, draft, request);
    expect(again).toEqual(first);
  });

  it('pays a balance beyond 2^53 in payouts that each are a number in JSON', async () => {
    const amount = Number.MAX_SAFE_INTEGER;
    for (let n = 0; n < 6; n += 1) await earn(`o${n}`, amount);
    const amounts: bigint[] = [];
    for (let batch = await pay(); ; batch = await pay()) {
      amounts.push(batch.totals.open.amount);
      if (amounts.length === 2) break;
    }
    expect(amounts).toEqual([5n * 1_801_439_850_948_198n, 1_801_439_850_948_198n]);
    await expect(pay()).rejects.toMatchObject({ code: 'payout_batch.nothing_to_pay' });
  });

  it('shows another tenant or partner nothing of payouts, with no filter in the query', async () => {
    await earn('o1');
    await pay();
    const stranger = await service.tenant();
    const read = (table: string, scope: Scope) =>
      service.database.transaction(scope, (tx) => tx.query(`select 1 from commissions.${table}`));
    for (const table of ['payout_batch', 'payout', 'payout_line']) {
      expect(await read(table, companyScope(tenant.companyId))).toHaveLength(1);
      expect(await read(table, companyScope(stranger.companyId))).toEqual([]);
    }
    for (const table of ['payout', 'payout_line']) {
      const scope = companyScope(tenant.companyId);
      expect(await read(table, { ...scope, partnership: partner.partnershipId })).toHaveLength(1);
      expect(await read(table, { ...scope, partnership: other.partnershipId })).toEqual([]);
    }
  });

  it.each([
    'update commissions.payout set amount = 1',
    'update commissions.payout_line set amount = 1',
    'delete from commissions.payout',
    'delete from commissions.payout_line',
    'delete from commissions.payout_batch',
  ])('lets the service not even try to %s', async (statement) => {
    const attempt = service.database.transaction(companyScope(tenant.companyId), (tx) => tx.query(statement));
    await expect(attempt).rejects.toThrow(/permission denied/);
  });

  it('takes of one tenant what is payable, and nothing of another', async () => {
    const stranger = await service.tenant();
    await service.offer(stranger, NO_HOLD);
    await service.deliver([orderDecided(stranger, { orderKey: 'o1', partner })]);
    await earn('o1', 5_000);
    const batch = await pay();
    expect(batch.totals.open).toEqual({ payouts: 1, amount: 1000n });
    const { payoutBatchId } = batch;
    await expect(
      service.payPayouts.batch(stranger.principal, payoutBatchId, 'X', ONCE),
    ).rejects.toMatchObject({ kind: 'not_found' });
    expect(await service.commissions(stranger)).toMatchObject([{ payable: 2000, in_payout: 0 }]);
  });
});
