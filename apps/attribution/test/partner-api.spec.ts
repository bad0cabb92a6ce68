import { type Id, newId, publicId } from '#kernel';
import { asPartner } from '#testing';
import { may, type TestPartner, AttributionApp } from './attribution-app.js';
import { order, signup } from './facts.js';

describe('what a partner can read', () => {
  let service: AttributionApp;
  let company: Id<'Company'>;
  let anna: TestPartner;
  let bert: TestPartner;

  beforeAll(async () => {
    service = await AttributionApp.start();
  });
  beforeEach(async () => {
    company = newId('Company');
    anna = await service.partner(company);
    bert = await service.partner(company);
  });
  afterAll(() => service.close());

  const get = (partner: TestPartner, path: string) =>
    service.app.call(
      'GET',
      `/v1/partner/programs/${publicId('Program', partner.programId)}/${path}`,
      asPartner(partner.partnerId),
    );
  const customers = async (partner: TestPartner) => (await get(partner, 'customers')).body.data;
  const outcomes = async (partner: TestPartner) =>
    (await get(partner, 'outcomes')).body.data.map(({ reason }: { reason: { code: string } }) => reason.code);

  it('A-01 sees a customer who signed up after a click, by a masked address and never by its key', async () => {
    const click = await service.click(anna, may(1));
    await service.handle(
      signup(company, { at: may(2), customer: 'jane-key', click, email: 'jane@example.com' }),
    );
    const response = await get(anna, 'customers');
    expect(response).toMatchObject({ status: 200, body: { nextCursor: null } });
    expect(response.body.data).toEqual([
      {
        id: expect.stringMatching(/^cus_/),
        email: 'j***@example.com',
        customerSince: may(2).toISOString(),
        signedUpAt: may(2).toISOString(),
        firstOrderAt: null,
        state: 'live',
        deletion: null,
      },
    ]);
    const one = await get(anna, `customers/${response.body.data[0].id}`);
    expect(one.body).toEqual(response.body.data[0]);
    expect(JSON.stringify([response.body, one.body])).not.toContain('jane-key');
  });

  it('B-01 answers 404 for the customer of another partner, and lists nothing of it', async () => {
    const click = await service.click(anna, may(1));
    await service.handle(signup(company, { at: may(2), customer: 'c1', click }));
    const [{ id }] = await customers(anna);
    expect(await customers(bert)).toEqual([]);
    expect(await get(bert, `customers/${id}`)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await get(bert, `customers/${id}/trace`)).toMatchObject({ status: 404 });
    const stranger = { ...anna, partnerId: newId('Partner') };
    expect(await get(stranger, 'customers')).toMatchObject({ status: 404 });
  });

  it('A-16 A-18 hides a customer until the order is fulfilled, and tells that it waits without the person', async () => {
    const click = await service.click(anna, may(1));
    await service.handle(
      order(company, 'o1', {
        at: may(12),
        customer: 'c1',
        click,
        policy: 'first',
        email: 'jane@x.example',
      }),
    );
    await service.recordOrder(anna, 'o1', may(12), null);
    expect(await customers(anna)).toEqual([]);
    const waiting = await get(anna, 'waiting-orders');
    expect(waiting.body.data).toEqual([
      {
        day: '2026-05-12',
        orders: 1,
        method: 'last_click',
        summary: '1 order of 12 May 2026 by your link, waiting for shipment',
        reason: expect.objectContaining({ code: 'AWAITING_FULFILMENT', class: 'COMPANY_ACTION_NEEDED' }),
      },
    ]);
    expect(await outcomes(anna)).toEqual(['AWAITING_FULFILMENT']);
    expect(JSON.stringify(waiting.body)).not.toMatch(/jane|cus_|o1/);

    await service.recordOrder(anna, 'o1', may(12), may(14));
    expect(await customers(anna)).toMatchObject([{ email: 'j***@x.example' }]);
    expect((await get(anna, 'waiting-orders')).body.data).toEqual([]);
    expect(await outcomes(anna)).toEqual(['WON']);
  });

  it('A-18 does not show by its old signup a customer whose first credited order still waits', async () => {
    await service.handle(signup(company, { at: may(1), customer: 'c1' }));
    const click = await service.click(anna, may(2));
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', click, policy: 'first' }));
    await service.recordOrder(anna, 'o1', may(3), null);
    expect(await customers(anna)).toEqual([]);
  });

  it('A-18 tells of no order that waits where its customer is known already by a signup', async () => {
    const click = await service.click(anna, may(1));
    await service.handle(signup(company, { at: may(2), customer: 'c1', click }));
    await service.handle(order(company, 'o-1', { at: may(3), customer: 'c1', click, policy: 'first' }));
    await service.recordOrder(anna, 'o-1', may(3), null);
    const commissionId = await service.recordCommission(anna, 'o-1', 'waiting_fulfilment');
    const [customer] = await customers(anna);
    expect(customer).toMatchObject({ firstOrderAt: null });
    const ofCustomer = `customers/${customer.id}/trace`;
    const ofCommission = `commissions/${publicId('Commission', commissionId)}/trace`;
    expect((await get(anna, ofCustomer)).body.actions).toMatchObject([{ action: 'signup' }]);
    expect((await get(anna, ofCommission)).body.actions).toMatchObject([{ action: 'order', orderKey: null }]);

    await service.recordOrder(anna, 'o-1', may(3), may(5));
    expect(await customers(anna)).toMatchObject([{ firstOrderAt: may(3).toISOString() }]);
    expect((await get(anna, ofCustomer)).body.actions).toMatchObject([{ orderKey: 'o-1' }, {}]);
    expect((await get(anna, ofCommission)).body.actions).toMatchObject([{ orderKey: 'o-1' }]);
  });

  it('A-02 shows a customer at once whose order needs no fulfilment', async () => {
    const click = await service.click(anna, may(1));
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', click, policy: 'none' }));
    expect(await customers(anna)).toHaveLength(1);
  });

  it('pages through customers without a gap where hidden ones lie between', async () => {
    const deliveries = [];
    for (let n = 0; n < 7; n++) {
      const click = await service.click(anna, may(1));
      const policy = n % 3 === 0 ? ('first' as const) : ('none' as const);
      deliveries.push(order(company, `o${n}`, { at: may(2), customer: `c${n}`, click, policy }));
    }
    await service.handle(...deliveries);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await get(anna, `customers?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    expect(seen).toHaveLength(4);
    expect(new Set(seen).size).toBe(4);
  });

  it('A-04 tells the loser why, with neither the name of the winner nor any personal data', async () => {
    const first = await service.click(anna, may(1));
    const last = await service.click(bert, may(2), first);
    await service.handle(
      order(company, 'o1', {
        at: may(3),
        customer: 'jane-key',
        click: last,
        email: 'jane@example.com',
      }),
    );
    const { body } = await get(anna, 'outcomes');
    expect(body).toEqual({
      data: [
        {
          decisionId: expect.stringMatching(/^dec_/),
          action: 'order',
          occurredAt: may(3).toISOString(),
          kind: 'click',
          code: null,
          clickId: publicId('Click', first.clickId),
          linkId: publicId('Link', anna.linkId),
          clickedAt: may(1).toISOString(),
          reason: {
            code: 'OTHER_PARTNER_LAST_CLICK',
            class: 'NOT_TRACKED',
            sentence: 'A later click of another partner was credited: the last click wins.',
          },
        },
      ],
      nextCursor: null,
    });
    const text = JSON.stringify(body);
    for (const id of [
      publicId('Partnership', bert.partnershipId),
      publicId('Partner', bert.partnerId),
      publicId('Program', bert.programId),
      publicId('Link', bert.linkId),
      publicId('Click', last.clickId),
    ]) {
      expect(text).not.toContain(id);
    }
    expect(text).not.toMatch(/jane|o1|prt_|psh_|cus_/);
    expect(await outcomes(bert)).toEqual(['WON']);
  });

  it.each([
    ['A-11', 'CLICK_EXPIRED', may(1, 91 * 86_400_000)],
    ['A-06', 'CLICK_AFTER_ACTION', may(1, -1)],
  ])('%s lists a click that lost by %s', async (_, code, at) => {
    const click = await service.click(anna, may(1));
    await service.handle(order(company, 'o1', { at, customer: 'c1', click }));
    expect(await outcomes(anna)).toEqual([code]);
  });

  it('A-05 traces a customer: candidates in order, the precedence, and others as "another partner" only', async () => {
    const first = await service.click(anna, may(1));
    await service.handle(signup(company, { at: may(2), customer: 'jane-key', click: first }));
    const other = await service.click(bert, may(3), first);
    await service.handle(order(company, 'o1', { at: may(4), customer: 'jane-key', click: other }));
    const [{ id }] = await customers(anna);
    const { status, body } = await get(anna, `customers/${id}/trace`);
    expect(status).toBe(200);
    expect(body.actions).toMatchObject([
      {
        action: 'order',
        orderKey: 'o1',
        precedence: ['bound_customer', 'code', 'last_click'],
        revisions: [
          {
            winner: 'you',
            method: 'bound_customer',
            candidates: [
              { position: 1, kind: 'binding', partner: 'you', reason: { code: 'WON' } },
              {
                position: 2,
                partner: 'another_partner',
                click: null,
                reason: { code: 'CUSTOMER_ALREADY_BOUND' },
              },
              {
                position: 3,
                partner: 'you',
                click: { id: publicId('Click', first.clickId) },
                reason: { code: 'CREDITED_BY_BINDING' },
              },
            ],
          },
        ],
      },
      {
        action: 'signup',
        orderKey: null,
        revisions: [{ winner: 'you', method: 'last_click', candidates: [{ reason: { code: 'WON' } }] }],
      },
    ]);
    const text = JSON.stringify(body);
    expect(text).not.toContain('jane-key');
    for (const name of [publicId('Click', other.clickId), publicId('Link', bert.linkId)]) {
      expect(text).not.toContain(name);
    }
  });

  it('A-06 shows both partners that a late click moved the decision', async () => {
    const first = await service.click(anna, may(1));
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', click: first }));
    const commissionId = await service.recordCommission(anna, 'o1', 'held');
    const late = service.unstoredClick(bert, may(2), first);
    await service.arrive(late);
    const path = `commissions/${publicId('Commission', commissionId)}/trace`;
    const { body } = await get(anna, path);
    expect(body.actions).toMatchObject([
      {
        orderKey: null,
        commissions: [{ id: publicId('Commission', commissionId), state: 'held' }],
        revisions: [
          { revision: 1, cause: 'fact', winner: 'you' },
          {
            revision: 2,
            cause: 'late_click',
            winner: 'another_partner',
            candidates: [
              { partner: 'another_partner', reason: { code: 'WON' } },
              { partner: 'you', reason: { code: 'OTHER_PARTNER_LAST_CLICK' } },
            ],
          },
        ],
      },
    ]);
    expect(await get(bert, path)).toMatchObject({ status: 404 });
    const [{ id }] = await customers(bert);
    expect((await get(bert, `customers/${id}/trace`)).body.actions[0].revisions).toMatchObject([
      { revision: 1, winner: 'another_partner' },
      { revision: 2, winner: 'you' },
    ]);
    expect(await outcomes(anna)).toEqual(['OTHER_PARTNER_LAST_CLICK']);
    expect(await outcomes(bert)).toEqual(['WON']);
  });
});
