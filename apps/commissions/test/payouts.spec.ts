import { publicId } from '#kernel';
import {
  addPartner,
  addMembership,
  asCompany,
  asPartner,
  FixedClock,
  startTestApp,
  type TestApp,
} from '#testing';
import { COMMISSIONS } from '../src/service.js';
import { CommissionsFixture, type Tenant } from './commissions-fixture.js';
import { aPartner, orderDecided, type Partner, refunded } from './deliveries.js';

describe('payouts over HTTP', () => {
  let service: CommissionsFixture;
  let app: TestApp;
  let tenant: Tenant;
  let company: Record<string, string>;
  let partner: Partner;
  const clock = new FixedClock('2026-06-01T12:00:00Z');

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-06-01T12:00:00Z');
    app = await startTestApp([COMMISSIONS], { clock, database: service.server });
  });

  beforeEach(async () => {
    tenant = await service.tenant();
    company = asCompany(tenant.companyId);
    const account = await addPartner(service.server, '=HYPERLINK("evil")');
    partner = { ...aPartner(), partnerId: account.partnerId };
    await addMembership(service.server, tenant, partner);
    await service.offer(tenant, {
      trigger: 'sale',
      reward: { kind: 'percent', basisPoints: 2000 },
      holdDays: 0,
    });
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner, amount: 999_900 })]);
  });

  afterAll(async () => {
    await app.close();
    await service.close();
  });

  const post = (path: string, body: object, headers = company) =>
    app.call('POST', `/v1/${path}`, headers, body);
  const get = (path: string, headers = company) => app.call('GET', `/v1/${path}`, headers);
  const program = () => `partner/programs/${publicId('Program', tenant.programId)}`;
  const asOwner = () => asPartner(partner.partnerId);

  it('goes from a payable balance to a payment that the partner can look up', async () => {
    const created = await post('payout-batches', { currency: 'eur', threshold: 5_000 });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      programId: null,
      currency: 'EUR',
      threshold: { amount: 5_000, currency: 'EUR' },
      totals: {
        open: { payouts: 1, amount: 199_980, text: '1,999.80 EUR' },
        paid: { payouts: 0, amount: 0 },
      },
    });
    const batch = `payout-batches/${created.body.id}`;
    expect((await get(batch)).body).toEqual(created.body);
    expect((await get('payout-batches')).body.data).toEqual([created.body]);
    const [payout] = (await get(`${batch}/payouts`)).body.data;
    expect((await get(`${program()}/payouts`, asOwner())).body.data).toMatchObject([
      { id: payout.id, state: 'open' },
    ]);
    expect((await get(`${program()}/balance`, asOwner())).body.data).toMatchObject([
      { payable: 0, inPayout: 199_980, paidOut: 0 },
    ]);

    const paid = await post(`${batch}/mark-paid`, { externalReference: 'SEPA 17' });
    expect(paid.body.totals).toMatchObject({ open: { payouts: 0 }, paid: { payouts: 1, amount: 199_980 } });
    expect((await get(`${program()}/payouts/${payout.id}`, asOwner())).body).toMatchObject({
      state: 'paid',
      externalReference: 'SEPA 17',
      closedAt: '2026-06-01T12:00:00.000Z',
    });
    const [line] = (await get(`${program()}/payouts/${payout.id}/lines`, asOwner())).body.data;
    expect(line).toMatchObject({ amount: { amount: 199_980, currency: 'EUR' }, offer: { name: 'An offer' } });
    expect((await get(`${program()}/commissions/${line.commissionId}`, asOwner())).body).toMatchObject({
      state: 'paid',
      reason: { code: 'PAID' },
      paidOut: { amount: 199_980 },
    });
  });

  it('says of each commission whether it is on its way, paid, or set off against the next payout', async () => {
    const reason = async () => (await get(`${program()}/commissions`, asOwner())).body.data[0].reason;
    const refund = (refundedTotal: number) =>
      service.deliver([refunded(tenant, 'o1', { kind: 'snapshot', refundedTotal })]);
    const { body } = await post('payout-batches', { currency: 'EUR' });
    expect(await reason()).toEqual({
      code: 'IN_PAYOUT',
      sentence: '1 order of 12 May 2026 earned you 1,999.80 EUR. The hold is over: it is being paid to you.',
    });
    await post(`payout-batches/${body.id}/mark-paid`, { externalReference: 'SEPA 17' });
    expect(await reason()).toEqual({
      code: 'PAID',
      sentence: '1 order of 12 May 2026 earned you 1,999.80 EUR, which has been paid to you.',
    });
    await refund(499_950);
    expect(await reason()).toEqual({
      code: 'PAID_TOO_MUCH',
      sentence:
        '1 order of 12 May 2026 earned you 999.90 EUR. 1,999.80 EUR went into your payouts for it already, so 999.90 EUR is set off against the next one.',
    });
    await refund(999_900);
    expect(await reason()).toMatchObject({
      code: 'REFUNDED',
      sentence: expect.stringContaining('so 1,999.80 EUR is set off against the next one.'),
    });
  });

  it('exports a batch as CSV with plain decimals, and defuses what a spreadsheet would run', async () => {
    const { body } = await post('payout-batches', { currency: 'EUR' });
    const { status, headers, body: csv } = await get(`payout-batches/${body.id}/export`);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${body.id}.csv"`);
    const [header, row, end] = csv.split('\n');
    expect(header).toBe(
      'payout_id,partner_id,partner_name,partner_email,program_id,amount,currency,state,external_reference,created_at',
    );
    expect(row).toContain(`"'=HYPERLINK(""evil"")"`);
    expect(row).toContain(',1999.80,EUR,open,,2026-06-01T12:00:00.000Z');
    expect(end).toBe('');
  });

  it('cancels with a reason that the partner sees; the amount is payable again', async () => {
    const { body } = await post('payout-batches', { currency: 'EUR' });
    const [payout] = (await get('payouts?state=open')).body.data;
    expect(payout.payoutBatchId).toBe(body.id);
    const cancelled = await post(`payouts/${payout.id}/cancel`, { reason: 'Wrong account number' });
    expect(cancelled.body).toMatchObject({ state: 'cancelled', cancelReason: 'Wrong account number' });
    expect((await get(`${program()}/balance`, asOwner())).body.data).toMatchObject([{ payable: 199_980 }]);
    const again = await post(`payouts/${payout.id}/mark-paid`, { externalReference: 'X' });
    expect([again.status, again.body.code]).toEqual([409, 'payout.closed']);
  });

  it.each([
    [{ currency: 'EURO' }, 'currency'],
    [{ currency: 'EUR', threshold: 0 }, 'threshold'],
    [{ currency: 'EUR', threshold: 2 ** 53 }, 'threshold'],
    [{ currency: 'EUR', threshold: 1.5 }, 'threshold'],
    [{ currency: 'EUR', programId: 'x' }, 'programId'],
  ])('refuses %j and names the field', async (body, field) => {
    const refused = await post('payout-batches', body);
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, field]);
  });

  it('refuses a payment without a reference, and a cancellation without a reason', async () => {
    const { body } = await post('payout-batches', { currency: 'EUR' });
    expect((await post(`payout-batches/${body.id}/mark-paid`, { externalReference: ' ' })).status).toBe(422);
    expect((await post(`payout-batches/${body.id}/cancel`, {})).status).toBe(422);
  });

  it('tells when there is nothing to pay', async () => {
    const refused = await post('payout-batches', { currency: 'EUR', threshold: 199_981 });
    expect([refused.status, refused.body.code]).toEqual([409, 'payout_batch.nothing_to_pay']);
    expect((await get('payout-batches')).body.data).toEqual([]);
  });

  it('needs the scope payouts:write to move money', async () => {
    const reader = asCompany(tenant.companyId, ['reports:read']);
    expect((await post('payout-batches', { currency: 'EUR' }, reader)).status).toBe(403);
    expect((await get('payout-batches', reader)).status).toBe(200);
  });

  it('B-01 hides batches, payouts and statements from another company and another partner', async () => {
    const { body } = await post('payout-batches', { currency: 'EUR' });
    const [payout] = (await get('payouts')).body.data;
    const stranger = asCompany((await service.tenant()).companyId);
    const rival = aPartner();
    await service.join(tenant, rival);
    const partnership = publicId('Partnership', partner.partnershipId);
    for (const path of [
      `payout-batches/${body.id}`,
      `payout-batches/${body.id}/payouts`,
      `payout-batches/${body.id}/export`,
      `payouts/${payout.id}`,
      `payouts/${payout.id}/lines`,
      `partnerships/${partnership}/statements/2026-05`,
    ]) {
      expect([path, (await get(path)).status, (await get(path, stranger)).status]).toEqual([path, 200, 404]);
    }
    for (const path of [`payouts/${payout.id}`, `payouts/${payout.id}/lines`]) {
      const own = await get(`${program()}/${path}`, asOwner());
      const theirs = await get(`${program()}/${path}`, asPartner(rival.partnerId));
      expect([path, own.status, theirs.status]).toEqual([path, 200, 404]);
    }
    expect((await get('payouts', stranger)).body.data).toEqual([]);
    expect((await get('payout-batches', stranger)).body.data).toEqual([]);
    expect((await get(`${program()}/payouts`, asPartner(rival.partnerId))).body.data).toEqual([]);
    expect((await post(`payouts/${payout.id}/cancel`, { reason: 'x' }, stranger)).status).toBe(404);
  });

  it('shows sums beyond 2^53 exactly: no number that is nearly right, but a text', async () => {
    const orders = Array.from({ length: 6 }, (_, index) => `large ${index}`);
    await service.deliver(
      orders.map((orderKey) => orderDecided(tenant, { orderKey, partner, amount: Number.MAX_SAFE_INTEGER })),
    );
    const text = '108,086,391,058,891.68 EUR';
    expect((await get(`${program()}/balance`, asOwner())).body.data).toMatchObject([
      { held: 0, payable: null, text: { payable: text } },
    ]);
    expect((await get(`${program()}/statements/2026-06`, asOwner())).body.currencies).toMatchObject([
      { earned: { amount: null, text }, closing: { total: { amount: null, text } } },
    ]);
  });

  it('shows the partner a statement that is the company’s too', async () => {
    const mine = await get(`${program()}/statements/2026-06`, asOwner());
    expect(mine.body.currencies).toMatchObject([
      { currency: 'EUR', earned: { amount: 199_980 }, closing: { total: { text: '1,999.80 EUR' } } },
    ]);
    const partnership = publicId('Partnership', partner.partnershipId);
    expect((await get(`partnerships/${partnership}/statements/2026-06`)).body).toEqual(mine.body);
    const lines = await get(`${program()}/statements/2026-06/lines?limit=1`, asOwner());
    expect(lines.body.data).toMatchObject([
      { reason: 'EARNED', payable: { amount: 199_980 }, payoutId: null },
    ]);
    expect((await get(`${program()}/statements/June`, asOwner())).body.code).toBe('month.invalid');
  });
});
