import { type Id, newId, publicId } from '#kernel';
import { asPartner } from '#testing';
import { AttributionApp, may, type TestPartner } from './attribution-app.js';
import { cancelled, closed, order, performed } from './facts.js';

describe('what a partner sees of what waits, and of what never comes', () => {
  let service: AttributionApp;
  let company: Id<'Company'>;
  let anna: TestPartner;
  let bert: TestPartner;

  beforeAll(async () => {
    service = await AttributionApp.start();
  });
  beforeEach(async () => {
    company = newId('Company');
    [anna, bert] = [await service.partner(company), await service.partner(company)];
  });
  afterAll(() => service.close());

  const get = async (partner: TestPartner, path: string) =>
    (
      await service.app.call(
        'GET',
        `/v1/partner/programs/${publicId('Program', partner.programId)}/${path}`,
        asPartner(partner.partnerId),
      )
    ).body;
  const waiting = async (partner: TestPartner) =>
    (await get(partner, 'waiting-orders')).data.map(({ summary }: { summary: string }) => summary);
  const outcomes = async (partner: TestPartner) =>
    (await get(partner, 'outcomes')).data.map(
      ({ kind, code, reason }: { kind: string; code: string | null; reason: { code: string } }) => [
        kind,
        code,
        reason.code,
      ],
    );
  const placeByCode = async (orderKey: string, customer: string) => {
    const codes = ['anna10'];
    const email = `${customer}@x.example`;
    await service.handle(order(company, orderKey, { at: may(12), customer, codes, policy: 'first', email }));
    await service.recordOrder(anna, orderKey, may(12), null);
  };

  it('A-16 A-17 A-18 an order by its code waits for shipment, counted and without the person', async () => {
    await service.code(anna, 'ANNA10');
    await placeByCode('o1', 'jane');
    await placeByCode('o2', 'joe');
    expect(await waiting(anna)).toEqual(['2 orders of 12 May 2026 by your code, waiting for shipment']);
    expect(await outcomes(anna)).toEqual([
      ['code', 'anna10', 'AWAITING_FULFILMENT'],
      ['code', 'anna10', 'AWAITING_FULFILMENT'],
    ]);
    expect((await get(anna, 'customers')).data).toEqual([]);
    expect(await waiting(bert)).toEqual([]);
    const text = JSON.stringify([await get(anna, 'waiting-orders'), await get(anna, 'outcomes')]);
    expect(text).not.toMatch(/jane|joe|cus_|o1|o2/);
  });

  it('A-19 the customer shows once the order is fulfilled', async () => {
    await service.code(anna, 'ANNA10');
    await placeByCode('o1', 'jane');
    await service.recordOrder(anna, 'o1', may(12), may(14));
    expect(await waiting(anna)).toEqual([]);
    expect((await get(anna, 'customers')).data).toMatchObject([{ email: 'j***@x.example' }]);
    expect(await outcomes(anna)).toEqual([['code', 'anna10', 'WON']]);
  });

  it('A-20 an order cancelled before that never shows its customer, and is counted as such', async () => {
    await service.code(anna, 'ANNA10');
    await placeByCode('o1', 'jane');
    await placeByCode('o2', 'joe');
    await service.handleCancellations(cancelled(company, 'o1', may(13)));
    expect(await waiting(anna)).toEqual([
      '1 order of 12 May 2026 by your code, waiting for shipment',
      '1 order of 12 May 2026 by your code, cancelled before shipment',
    ]);
    expect((await outcomes(anna)).map(([, , reason]: string[]) => reason).toSorted()).toEqual([
      'AWAITING_FULFILMENT',
      'CANCELLED_BEFORE_FULFILMENT',
    ]);
    expect((await get(anna, 'customers')).data).toEqual([]);
    expect(JSON.stringify(await get(anna, 'waiting-orders'))).not.toMatch(/jane|joe|cus_|o1|o2/);
  });

  it('B-41 B-47 an order that the company deleted before that is counted as such', async () => {
    await service.code(anna, 'ANNA10');
    await placeByCode('o1', 'jane');
    await service.deleteOrder(company, 'o1');
    expect(await waiting(anna)).toEqual([
      '1 order of 12 May 2026 by your code, deleted by the company before shipment',
    ]);
    expect(await outcomes(anna)).toEqual([['code', 'anna10', 'DELETED_BEFORE_FULFILMENT']]);
    expect((await get(anna, 'customers')).data).toEqual([]);
  });

  it('A-23 the customer of a won lead shows at once, and its trace names the lead', async () => {
    await service.handleReferrals(closed(anna, { at: may(3), customer: 'c1' }));
    const [customer] = (await get(anna, 'customers')).data;
    const { actions } = await get(anna, `customers/${customer.id}/trace`);
    expect(actions).toMatchObject([
      {
        action: 'lead',
        orderKey: null,
        revisions: [{ winner: 'you', method: 'lead', candidates: [{ kind: 'lead', partner: 'you' }] }],
      },
    ]);
    expect(await outcomes(anna)).toEqual([['lead', null, 'WON']]);
    expect(await outcomes(bert)).toEqual([]);
  });

  it('a named action shows its customer too, and the loser’s code to the loser only', async () => {
    await service.code(anna, 'anna10');
    await service.code(bert, 'bert20');
    const codes = ['anna10', 'bert20'];
    await service.handle(performed(company, 'demo-1', { at: may(3), customer: 'c1', codes }));
    const [customer] = (await get(anna, 'customers')).data;
    const { actions } = await get(anna, `customers/${customer.id}/trace`);
    expect(actions[0].revisions[0].candidates).toMatchObject([
      { kind: 'code', partner: 'you', code: 'anna10', reason: { code: 'WON' } },
      { kind: 'code', partner: 'another_partner', code: null, reason: { code: 'OTHER_PARTNER_CODE' } },
    ]);
    expect(await outcomes(bert)).toEqual([['code', 'bert20', 'OTHER_PARTNER_CODE']]);
  });
});
