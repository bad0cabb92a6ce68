import { Publisher } from '#bus';
import { companyScope } from '#database';
import { publicId } from '#kernel';
import { asCompany, asPartner, eventually, FixedClock, startTestApp, type TestApp } from '#testing';
import { COMMISSIONS } from '../src/service.js';
import { type AnyDelivery, CommissionsFixture, type Tenant } from './commissions-fixture.js';
import { aPartner, fulfilled, orderDecided, refunded, signupDecided } from './deliveries.js';

describe('commissions over HTTP', () => {
  let service: CommissionsFixture;
  let app: TestApp;
  let tenant: Tenant;
  let company: Record<string, string>;
  const clock = new FixedClock('2026-05-20T12:00:00Z');
  const [partner, rival] = [aPartner(), aPartner()];

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
    app = await startTestApp([COMMISSIONS], { clock, database: service.server });
  });

  beforeEach(async () => {
    tenant = await service.tenant();
    company = asCompany(tenant.companyId);
    await service.join(tenant, partner);
    await service.join(tenant, rival);
  });

  afterAll(async () => {
    await app.close();
    await service.close();
  });

  const program = () => publicId('Program', tenant.programId);
  const partnerGet = (path: string, who = partner) =>
    app.call('GET', `/v1/partner/programs/${program()}/${path}`, asPartner(who.partnerId));
  const createOffer = (body: object) => app.call('POST', `/v1/programs/${program()}/offers`, company, body);

  /** Publishes what other services would, on the real bus. */
  const publish = (...deliveries: AnyDelivery[]) =>
    service.database.transaction(companyScope(tenant.companyId), (tx) =>
      app.app.get(Publisher).publish(tx, deliveries),
    );

  const SALE = {
    name: '20 % of sales',
    rule: {
      trigger: 'sale',
      reward: { kind: 'percent', basisPoints: 2000 },
      duration: { kind: 'months', months: 12 },
    },
    effectiveFrom: '2026-01-01T00:00:00Z',
  };

  it('B-34 creates an offer that says in words what it pays, and shows it to the company', async () => {
    const { status, body } = await createOffer(SALE);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: '20 % of sales',
      current: { version: 1, effectiveFrom: '2026-01-01T00:00:00.000Z' },
      notice: expect.stringContaining('What had been recorded before stays as it was judged') as unknown,
      versions: [
        { rule: { duration: { kind: 'months', months: 12, anchor: 'first_payment' }, holdDays: 30 } },
      ],
    });
    expect(body.current.text).toContain("for the customer's first year");
    expect((await app.call('GET', `/v1/offers/${body.id}`, company)).body).toEqual(body);
    const list = await app.call('GET', `/v1/programs/${program()}/offers`, company);
    expect(list.body).toEqual({ data: [body], nextCursor: null });
  });

  it('takes effect at its creation when no time is given', async () => {
    const { body } = await createOffer({ ...SALE, effectiveFrom: undefined });
    expect(body.current.effectiveFrom).toBe('2026-05-20T12:00:00.000Z');
    expect(body).toMatchObject({ notice: null });
  });

  it('refuses a rule that cannot be, field by field', async () => {
    const { status, body } = await createOffer({
      name: 'Wrong',
      rule: { trigger: 'sale', reward: { kind: 'percent', basisPoints: 10_001 }, holdDays: 366 },
    });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { field: 'rule.reward.basisPoints', message: 'must be a whole number from 1 to 10000' },
      { field: 'rule.holdDays', message: 'must be a whole number from 0 to 365' },
    ]);
  });

  it.each([
    ['the past', '2026-05-20T11:59:59.999Z', 422],
    ['now', '2026-05-20T12:00:00.000Z', 201],
  ])('a later version from %s (%s) is answered %i', async (_, effectiveFrom, status) => {
    const offer = await createOffer(SALE);
    const revised = await app.call('POST', `/v1/offers/${offer.body.id}/versions`, company, {
      rule: SALE.rule,
      effectiveFrom,
    });
    expect(revised.status).toBe(status);
  });

  it('refuses a version before the one that is planned already', async () => {
    const offer = await createOffer({ ...SALE, effectiveFrom: '2026-07-01T00:00:00Z' });
    const revised = await app.call('POST', `/v1/offers/${offer.body.id}/versions`, company, {
      rule: SALE.rule,
    });
    expect(revised.body).toMatchObject({
      code: 'offer_version.too_early',
      errors: [
        {
          field: 'effectiveFrom',
          message: 'must be after 2026-07-01T00:00:00.000Z, when version 1 takes effect',
        },
      ],
    });
  });

  it('B-01 hides offers, commissions and evaluations from another company', async () => {
    const offer = await createOffer(SALE);
    const stranger = asCompany((await service.tenant()).companyId);
    expect((await app.call('GET', `/v1/offers/${offer.body.id}`, stranger)).status).toBe(404);
    expect((await app.call('GET', `/v1/programs/${program()}/offers`, stranger)).status).toBe(404);
    expect((await app.call('POST', `/v1/programs/${program()}/offers`, stranger, SALE)).status).toBe(404);
    expect((await app.call('GET', '/v1/commissions', stranger)).body.data).toEqual([]);
    expect((await app.call('GET', '/v1/evaluations', stranger)).body.data).toEqual([]);
  });

  it('B-23 B-24 B-33 shows a partner the current offers, and says why there are none', async () => {
    expect((await partnerGet('offers')).body).toMatchObject({
      data: [],
      notice: 'This program has no offers at the moment. Ask the company in Messages what it plans.',
    });
    await createOffer(SALE);
    await createOffer({ ...SALE, name: 'Later', effectiveFrom: '2026-06-01T00:00:00Z' });
    const { body } = await partnerGet('offers');
    expect(body).toMatchObject({ data: [{ name: '20 % of sales', trigger: 'sale' }], notice: null });
    expect(body.data[0].text).toContain('Earn 20%');
  });

  it('A-18 A-19 shows that an order waits but not whose, and all of it once fulfilled', async () => {
    await createOffer(SALE);
    await publish(orderDecided(tenant, { orderKey: 'o1', partner, fulfilmentPolicy: 'first' }));
    const [waiting] = await eventually(async () => {
      const { body } = await partnerGet('commissions');
      return body.data.length > 0 && body.data;
    });
    expect(waiting).toMatchObject({
      state: 'waiting_fulfilment',
      subject: { kind: 'order', key: null, customerId: null },
      amount: { amount: 2000, currency: 'EUR' },
      reason: {
        code: 'AWAITING_FULFILMENT',
        sentence:
          '1 order of 12 May 2026 waits for shipment or fulfilment by the company. Once fulfilled it earns you 20.00 EUR.',
      },
    });
    await publish(fulfilled(tenant, 'o1', '2026-05-15T10:00:00Z'));
    const held = await eventually(async () => {
      const { body } = await partnerGet(`commissions/${waiting.id}`);
      return body.state === 'held' && body;
    });
    expect(held).toMatchObject({
      subject: { key: 'o1', customerId: expect.stringMatching(/^cus_/) },
      heldUntil: '2026-06-13T22:00:00.000Z',
      reason: {
        code: 'ON_HOLD',
        sentence:
          '1 order of 12 May 2026 earned you 20.00 EUR, held until 14 June 2026 in case of a refund. Then it becomes payable.',
      },
      evaluations: [{ outcome: 'waiting_fulfilment' }, { outcome: 'earned', target: { amount: 2000 } }],
      postingGroups: [
        {
          reason: 'EARNED',
          postings: [
            { account: 'company_expense', amount: { amount: -2000 } },
            { account: 'partner_held', amount: { amount: 2000 } },
          ],
        },
      ],
    });
    expect((await partnerGet('balance')).body).toMatchObject({
      data: [
        { currency: 'EUR', held: 2000, payable: 0, inPayout: 0, paidOut: 0, text: { held: '20.00 EUR' } },
      ],
    });
    expect((await partnerGet('commissions', rival)).body.data).toEqual([]);
    expect((await partnerGet(`commissions/${waiting.id}`, rival)).status).toBe(404);
    expect((await partnerGet('balance', rival)).body).toEqual({ data: [] });
  });

  it('A-21 says how much of an order is earned while some of its lines wait', async () => {
    await createOffer(SALE);
    const lines = ['1', '2', '3', '4'].map((lineKey) => ({
      lineKey,
      productKey: null,
      categoryKey: null,
      amount: 2_500,
    }));
    await publish(orderDecided(tenant, { orderKey: 'o1', partner, fulfilmentPolicy: 'lines', lines }));
    await publish(fulfilled(tenant, 'o1', '2026-05-15T10:00:00Z', ['2']));
    const [held] = await eventually(async () => {
      const { body } = await partnerGet('commissions?state=held');
      return body.data.length > 0 && body.data;
    });
    expect(held).toMatchObject({
      amount: { amount: 2000 },
      earned: { amount: 500 },
      reason: {
        sentence:
          '1 order of 12 May 2026 earned you 5.00 EUR of 20.00 EUR so far (the rest once it is shipped), held until 14 June 2026 in case of a refund. Then it becomes payable. The hold counts from the first shipment for the whole order: what is shipped once it is over is payable at once.',
      },
    });
  });

  it('A-18 A-20 an order refunded before fulfilment is reversed without ever telling whose it was', async () => {
    await createOffer(SALE);
    await publish(orderDecided(tenant, { orderKey: 'o1', partner, fulfilmentPolicy: 'first' }));
    await publish(refunded(tenant, 'o1', { kind: 'snapshot', refundedTotal: 10_000 }));
    const [reversed] = await eventually(async () => {
      const { body } = await partnerGet('commissions?state=reversed');
      return body.data.length > 0 && body.data;
    });
    expect(reversed).toMatchObject({
      subject: { key: null, customerId: null },
      reason: {
        code: 'REFUNDED',
        sentence: '1 order of 12 May 2026 earns you nothing: the customer got all of the money back.',
      },
    });
  });

  it('B-32 shows the company each no with the condition that failed and what would have qualified', async () => {
    await createOffer({
      ...SALE,
      rule: { ...SALE.rule, minimumOrder: { amount: 20_000, currency: 'EUR' } },
    });
    await publish(orderDecided(tenant, { orderKey: 'small', partner }));
    const [no] = await eventually(async () => {
      const { body } = await app.call(
        'GET',
        '/v1/evaluations?outcome=not_qualified&subjectKey=small',
        company,
      );
      return body.data.length > 0 && body.data;
    });
    expect(no).toMatchObject({
      subject: { kind: 'order', key: 'small' },
      outcome: 'not_qualified',
      wouldQualifyIf: 'It would have qualified if it had been an order of at least 200.00 EUR.',
    });
    expect((await app.call('GET', '/v1/commissions', company)).body.data).toEqual([]);
  });

  it('pages and filters lists; a signup never shows whose it is to the partner', async () => {
    await createOffer({
      ...SALE,
      rule: { trigger: 'signup', reward: { kind: 'flat', amount: 500, currency: 'EUR' } },
    });
    await publish(
      ...['anna@example.com', 'ben@example.com', 'cleo@example.com'].map((customerKey) =>
        signupDecided(tenant, { customerKey, partner, at: '2026-05-12T10:00:00Z' }),
      ),
    );
    const all = await eventually(async () => {
      const { body } = await partnerGet('commissions');
      return body.data.length === 3 && body.data;
    });
    const first = await partnerGet('commissions?limit=2');
    const second = await partnerGet(`commissions?limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.data, ...second.body.data]).toEqual(all);
    expect(second.body.nextCursor).toBeNull();
    expect(JSON.stringify(all)).not.toContain('@example.com');
    expect((await partnerGet('commissions?state=payable')).body.data).toEqual([]);
    expect((await partnerGet('commissions?state=gone')).status).toBe(422);
    const held = await app.call('GET', `/v1/commissions?state=held&programId=${program()}`, company);
    expect(held.body.data).toHaveLength(3);
  });
});
