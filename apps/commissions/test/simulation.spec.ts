import { newId, publicId } from '#kernel';
import { asCompany, FixedClock, startTestApp, type TestApp } from '#testing';
import { COMMISSIONS } from '../src/service.js';
import { readOnly } from '../src/simulation/read-only.js';
import { CommissionsFixture, type Tenant } from './commissions-fixture.js';
import { aPartner, orderDecided, signupDecided } from './deliveries.js';

const percent = (basisPoints: number) => ({ kind: 'percent', basisPoints });
const TABLES = ['subject', 'evaluation', 'commission', 'posting_group', 'offer_counter', 'offer_version'];
const YEAR = { kind: 'months', months: 12, anchor: 'first_payment' };

describe('simulations and back-tests', () => {
  let service: CommissionsFixture;
  let app: TestApp;
  let tenant: Tenant;
  let company: Record<string, string>;
  let stranger: Record<string, string>;
  const [partner, rival] = [aPartner(), aPartner()];

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
    const clock = new FixedClock('2026-05-20T12:00:00Z');
    app = await startTestApp([COMMISSIONS], { clock, database: service.server });
  });

  beforeEach(async () => {
    tenant = await service.tenant();
    company = asCompany(tenant.companyId);
    stranger = asCompany((await service.tenant()).companyId);
    await service.join(tenant, partner);
    await service.join(tenant, rival);
  });

  afterAll(async () => {
    await app.close();
    await service.close();
  });

  const id = (who: typeof partner) => publicId('Partnership', who.partnershipId);
  const simulate = (body: object, as = company) =>
    app.call('POST', `/v1/programs/${publicId('Program', tenant.programId)}/simulations`, as, body);
  const backTest = (offerId: string, body: object, as = company) =>
    app.call('POST', `/v1/offers/${offerId}/back-tests`, as, body);

  const ORDER = { kind: 'order', amount: 10_000, currency: 'EUR' };

  /** How many rows the tables that judging writes have. */
  async function rowCounts(): Promise<unknown> {
    const counts = TABLES.map((table) => `(select count(*) from commissions.${table}) as ${table}`);
    return (await service.admin.query(`select ${counts.join(', ')}`)).rows;
  }

  it('answers who gets what of an order, when and by which rule', async () => {
    await service.offer(tenant, { trigger: 'sale', reward: percent(2000), duration: YEAR });
    await service.offer(tenant, {
      trigger: 'signup',
      reward: { kind: 'flat', amount: 500, currency: 'EUR' },
    });
    const { status, body } = await simulate({
      subject: ORDER,
      occurredAt: '2026-05-12T10:00:00Z',
      clicks: [
        { partnershipId: id(rival), clickedAt: '2026-05-01T10:00:00Z' },
        { partnershipId: id(partner), clickedAt: '2026-05-02T10:00:00Z' },
      ],
      customer: { firstPaidAt: '2025-06-01T00:00:00Z' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      attribution: {
        partnershipId: id(partner),
        method: 'last_click',
        reason: { code: 'CREDITED_LAST_CLICK' },
        candidates: [
          { partnershipId: id(partner), reason: { code: 'WON' } },
          { partnershipId: id(rival), reason: { code: 'OTHER_PARTNER_LAST_CLICK' } },
        ],
      },
      stacking: 'all',
      offers: [
        {
          outcome: 'earned',
          amount: { amount: 2000, currency: 'EUR' },
          payableAt: '2026-06-10T22:00:00.000Z',
          text: expect.stringContaining("the customer's first year"),
        },
        { outcome: 'not_qualified', wouldQualifyIf: 'It would have qualified if it were a signup.' },
      ],
      total: [{ amount: 2000, currency: 'EUR' }],
    });
  });

  it('says when nobody is credited: a click one millisecond out of the window', async () => {
    await service.offer(tenant, { trigger: 'sale', reward: percent(2000) });
    const at = (clickedAt: string) =>
      simulate({
        subject: ORDER,
        occurredAt: '2026-05-12T10:00:00Z',
        clicks: [{ partnershipId: id(partner), clickedAt }],
      });
    expect((await at('2026-02-11T10:00:00.000Z')).body.attribution.partnershipId).toBe(id(partner));
    expect((await at('2026-02-11T09:59:59.999Z')).body).toMatchObject({
      attribution: { partnershipId: null, reason: { code: 'CLICK_EXPIRED' } },
      offers: [],
      total: [],
    });
  });

  it('counts tiers as they stand now, and takes no place in them', async () => {
    const steps = [
      { after: 0, reward: percent(1000) },
      { after: 1, reward: percent(2000) },
    ];
    await service.offer(tenant, {
      trigger: 'sale',
      reward: { kind: 'tiers', measure: 'count', period: 'all_time', steps },
    });
    const one = () => simulate({ subject: ORDER, boundTo: id(partner) });
    expect((await one()).body.total).toEqual([{ amount: 1000, currency: 'EUR' }]);
    expect((await one()).body.total).toEqual([{ amount: 1000, currency: 'EUR' }]);
    await service.deliver([orderDecided(tenant, { orderKey: 'o1', partner })]);
    expect((await one()).body.total).toEqual([{ amount: 2000, currency: 'EUR' }]);
    expect(await service.commissions(tenant)).toHaveLength(1);
  });

  it('takes what is known of a customer, and what their orders took of a cap', async () => {
    const rule = { trigger: 'sale', reward: percent(1000), duration: YEAR, customerCap: { count: 1 } };
    await service.offer(tenant, rule);
    const [fresh, old] = [newId('Customer'), newId('Customer')];
    const orderOf = (customerId: typeof old, placedAt: string) =>
      orderDecided(tenant, { orderKey: customerId, partner, customerId, placedAt });
    await service.deliver([orderOf(fresh, '2026-05-12T10:00:00Z')], [orderOf(old, '2025-05-01T00:00:00Z')]);
    const failed = async (customerId: typeof old) => {
      const { body } = await simulate({
        subject: ORDER,
        boundTo: id(partner),
        customerId: publicId('Customer', customerId),
      });
      const [offer] = body.offers;
      return offer.conditions
        .filter((one: { passed: boolean }) => !one.passed)
        .map((one: { code: string }) => one.code);
    };
    expect(await failed(fresh)).toEqual(['CUSTOMER_COUNT']);
    expect(await failed(old)).toEqual(['DURATION', 'CUSTOMER_COUNT']);
    const unknown = { subject: ORDER, customerId: publicId('Customer', newId('Customer')) };
    expect((await simulate(unknown)).status).toBe(404);
  });

  it.each([
    [{ subject: ORDER, customerId: publicId('Customer', newId('Customer')), customer: {} }, 'customer'],
    [{ subject: { kind: 'order' } }, 'subject.amount'],
    [{ subject: { ...ORDER, currency: 'EURO' } }, 'subject.currency'],
    [{ subject: { ...ORDER, tax: 9_000, shipping: 1_001 } }, 'subject.amount'],
    [{ subject: { ...ORDER, refunded: 10_001 } }, 'subject.refunded'],
    [{ subject: { kind: 'action' } }, 'subject.action'],
    [{ subject: { kind: 'lead' } }, 'submittedBy'],
    [{ subject: ORDER, submittedBy: id(partner) }, 'submittedBy'],
    [{ subject: ORDER, boundTo: publicId('Partnership', newId('Partnership')) }, 'boundTo'],
    [
      { subject: ORDER, clicks: [{ partnershipId: 'x', clickedAt: '2026-05-01T00:00:00Z' }] },
      'clicks.0.partnershipId',
    ],
  ])('%j is refused at %s', async (body, field) => {
    const refused = await simulate(body);
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((error: { field: string }) => error.field)).toEqual([field]);
  });

  it('runs where PostgreSQL refuses every write', async () => {
    const writing = readOnly(service.database, tenant.companyId, (tx) =>
      tx.query("update commissions.offer set name = 'changed'"),
    );
    await expect(writing).rejects.toThrow('read-only transaction');
  });

  describe('a back-test', () => {
    it('prints what a draft would have changed, and records nothing', async () => {
      const offerId = publicId(
        'Offer',
        await service.offer(tenant, { trigger: 'sale', reward: percent(1000) }),
      );
      await service.deliver([
        orderDecided(tenant, { orderKey: 'small', partner, amount: 4_000 }),
        orderDecided(tenant, { orderKey: 'big', partner: rival, amount: 20_000 }),
        orderDecided(tenant, { orderKey: 'nobody', partner: null }),
        orderDecided(tenant, { orderKey: 'before', partner, placedAt: '2026-04-30T23:59:59.999Z' }),
        signupDecided(tenant, { customerKey: 'anna', partner, at: '2026-05-02T00:00:00Z' }),
      ]);
      const before = await rowCounts();
      const { status, body } = await backTest(offerId, {
        rule: {
          trigger: 'sale',
          reward: percent(2000),
          minimumOrder: { amount: 5_000, currency: 'EUR' },
        },
        from: '2026-05-01T00:00:00Z',
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        until: '2026-05-20T12:00:00.000Z',
        subjects: 3,
        coverage: { of: 3, until: '2026-05-20T12:00:00.000Z', isComplete: true, notice: null },
        more: 1,
        less: 1,
        partners: [
          { partnershipId: id(rival), before: 2000, after: 4000, difference: 2000 },
          { partnershipId: id(partner), before: 400, after: 0, difference: -400 },
        ],
        examples: [
          { subject: { kind: 'order', key: 'big' }, difference: 2000, wouldQualifyIf: null },
          {
            subject: { kind: 'order', key: 'small' },
            difference: -400,
            wouldQualifyIf: 'It would have qualified if it had been an order of at least 50.00 EUR.',
          },
        ],
      });
      expect(body.totals).toEqual([{ currency: 'EUR', before: 2400, after: 4000, difference: 1600 }]);
      expect(body.text).toContain('Only orders of at least 50.00 EUR count.');
      expect(await rowCounts()).toEqual(before);
    });

    it('lets tiers and caps of the draft count through the period', async () => {
      const offerId = publicId(
        'Offer',
        await service.offer(tenant, { trigger: 'sale', reward: percent(1000) }),
      );
      const customerId = newId('Customer');
      const days = ['03', '01', '02'];
      await service.deliver(
        days.map((day) =>
          orderDecided(tenant, { orderKey: day, partner, customerId, placedAt: `2026-05-${day}T00:00:00Z` }),
        ),
      );
      const rule = { trigger: 'sale', reward: percent(1000), customerCap: { count: 2 } };
      const { body } = await backTest(offerId, { rule, from: '2026-05-01T00:00:00Z' });
      expect(body.examples).toMatchObject([{ subject: { key: '03' }, before: 1000, after: 0 }]);
    });

    it('says how many of how many it judged, and goes on from there without leaving one out', async () => {
      const offerId = publicId(
        'Offer',
        await service.offer(tenant, { trigger: 'sale', reward: percent(1000) }),
      );
      await service.deliver([
        orderDecided(tenant, { orderKey: 'one', partner, placedAt: '2026-05-01T00:00:00Z' }),
      ]);
      // One a second, and two in the second that would be cut in the middle: 10,003 with the first.
      await service.admin.query(
        `insert into commissions.subject select r.* from commissions.subject s, generate_series(1, 10002) n,
           jsonb_populate_record(s, jsonb_build_object('key', 'copy ' || n,
             'occurred_at', s.occurred_at + least(n, 9999 + (n > 10001)::int) * interval '1 second')) r
         where s.company_id = $1 and s.key = 'one'`,
        [tenant.companyId],
      );
      const rule = { trigger: 'sale', reward: percent(2000) };
      const { body } = await backTest(offerId, { rule, from: '2026-05-01T00:00:00Z' });
      expect(body).toMatchObject({
        subjects: 9999,
        more: 9999,
        coverage: {
          of: 10_003,
          until: '2026-05-01T02:46:39.000Z',
          isComplete: false,
          notice: expect.stringContaining('The first 9999 of 10003 were judged') as unknown,
        },
      });
      const { until: from } = body.coverage;
      expect((await backTest(offerId, { rule, from })).body).toMatchObject({
        subjects: 4,
        coverage: { of: 4, isComplete: true },
      });
    });

    it('refuses an empty period and a rule that cannot be', async () => {
      const offerId = publicId(
        'Offer',
        await service.offer(tenant, { trigger: 'sale', reward: percent(1000) }),
      );
      const rule = { trigger: 'sale', reward: percent(1) };
      const from = '2026-05-01T00:00:00Z';
      expect((await backTest(offerId, { rule, from, until: from })).body).toMatchObject({
        code: 'back_test.invalid',
        errors: [{ field: 'from' }],
      });
      expect((await backTest(offerId, { rule: { ...rule, reward: percent(0) }, from })).status).toBe(422);
    });

    it('B-01 hides offers and programs from another company', async () => {
      const offerId = publicId(
        'Offer',
        await service.offer(tenant, { trigger: 'sale', reward: percent(1000) }),
      );
      const body = { rule: { trigger: 'sale', reward: percent(1) }, from: '2026-05-01T00:00:00Z' };
      expect((await backTest(offerId, body, stranger)).status).toBe(404);
      expect((await simulate({ subject: ORDER }, stranger)).status).toBe(404);
    });
  });
});
