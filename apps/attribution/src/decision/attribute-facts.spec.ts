import type { Delivery, Outcome } from '#bus';
import { type Id, newId } from '#kernel';
import { DAY, may, AttributionApp } from '../../test/attribution-app.js';
import { order, signup } from '../../test/facts.js';

describe('attributing signups and orders', () => {
  let service: AttributionApp;
  let company: Id<'Company'>;

  beforeAll(async () => {
    service = await AttributionApp.start();
  });
  beforeEach(() => {
    company = newId('Company');
    service.clock.set('2026-06-01T00:00:00Z');
  });
  afterAll(() => service.close());

  const winners = async (of = company) =>
    (await service.decided(of)).map(({ winner, revision }) => [winner?.partnershipId ?? null, revision]);

  it('A-01 A-15 credits a signup after a click, binds the customer and credits its orders without a click', async () => {
    const anna = await service.partner(company);
    const click = await service.click(anna, may(1));
    await service.handle(signup(company, { at: may(2), customer: 'c1', click }));
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1' }));
    expect(await service.decided(company)).toMatchObject([
      {
        subject: { kind: 'signup', customerKey: 'c1' },
        winner: { partnershipId: anna.partnershipId, partnerId: anna.partnerId, method: 'last_click' },
        reason: 'CREDITED_LAST_CLICK',
        signedUpAt: may(2).toISOString(),
        firstPaidAt: null,
      },
      {
        subject: { kind: 'order', orderKey: 'o1', amount: 10_000, tax: 1_900, currency: 'EUR' },
        winner: { partnershipId: anna.partnershipId, programId: anna.programId, method: 'bound_customer' },
        reason: 'CREDITED_BOUND_CUSTOMER',
        signedUpAt: may(2).toISOString(),
        firstPaidAt: may(3).toISOString(),
      },
    ]);
  });

  it('A-02 A-04 credits the last click of an order without a signup, and keeps the reason of the other', async () => {
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    const first = await service.click(anna, may(1));
    const last = await service.click(bert, may(2), first);
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', click: first }));
    expect(await winners()).toEqual([[bert.partnershipId, 1]]);
    expect(await service.candidates(company, 'o1')).toEqual([
      [last.partner.partnershipId, 'WON'],
      [anna.partnershipId, 'OTHER_PARTNER_LAST_CLICK'],
    ]);
  });

  it('A-05 leaves a customer who signed up with its partner after a click of another', async () => {
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    const first = await service.click(anna, may(1));
    await service.handle(signup(company, { at: may(2), customer: 'c1', click: first }));
    const later = await service.click(bert, may(3), first);
    await service.handle(order(company, 'o1', { at: may(4), customer: 'c1', click: later }));
    expect((await winners()).at(-1)).toEqual([anna.partnershipId, 1]);
    expect(await service.candidates(company, 'o1')).toEqual([
      [anna.partnershipId, 'WON'],
      [bert.partnershipId, 'CUSTOMER_ALREADY_BOUND'],
      [anna.partnershipId, 'CREDITED_BY_BINDING'],
    ]);
  });

  it('A-07 A-13 A-14 publishes a decision without a winner where no click is named', async () => {
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1' }));
    expect(await service.decided(company)).toMatchObject([{ winner: null, reason: 'NO_CLICK_ID_PRESENTED' }]);
  });

  it('A-11 A-12 enforces the window by click time on the server, to the millisecond', async () => {
    const anna = await service.partner(company);
    const [inside, outside] = [await service.click(anna, may(1)), await service.click(anna, may(1))];
    await service.handle(
      order(company, 'in', { at: may(1, 90 * DAY), customer: 'c1', click: inside }),
      order(company, 'out', { at: may(1, 90 * DAY + 1), customer: 'c2', click: outside }),
    );
    expect(await service.candidates(company, 'in')).toEqual([[anna.partnershipId, 'WON']]);
    expect(await service.candidates(company, 'out')).toEqual([[anna.partnershipId, 'CLICK_EXPIRED']]);
  });

  it('does nothing when the same fact comes again, in the same batch or under another event id later', async () => {
    const anna = await service.partner(company);
    const click = await service.click(anna, may(1));
    const placed = () => order(company, 'o1', { at: may(2), customer: 'c1', click });
    const outcomes = [...(await service.handle(placed(), placed())), ...(await service.handle(placed()))];
    expect(outcomes).toEqual<Outcome[]>([{ kind: 'done' }, { kind: 'done' }, { kind: 'done' }]);
    expect(await winners()).toEqual([[anna.partnershipId, 1]]);
  });

  it('lets the first report of an order count, and says so of another customer, amount or currency', async () => {
    const first = order(company, 'o1', { at: may(3), customer: 'c1' });
    const other = order(company, 'o1', { at: may(4), customer: 'c2' });
    const { data } = first;
    const more = { ...first, eventId: newId('Event'), data: { ...data, amount: data.amount + 1 } };
    const dollars = { ...first, eventId: newId('Event'), data: { ...data, currency: 'USD' } };
    const taxed = { ...first, eventId: newId('Event'), data: { ...data, tax: 0 } };
    const otherwise = { kind: 'ignored', reason: 'KNOWN_OTHERWISE' };
    expect(await service.handle(other, first)).toEqual([otherwise, { kind: 'done' }]);
    expect(await service.handle(more, dollars, taxed, first)).toEqual([
      otherwise,
      otherwise,
      { kind: 'done' },
      { kind: 'done' },
    ]);
    expect(await service.decided(company)).toMatchObject([{ subject: { orderKey: 'o1', amount: 10_000 } }]);
  });

  it('sees a binding that an earlier fact of the same batch made, in the order of events', async () => {
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    const [first, second] = [await service.click(anna, may(1)), await service.click(bert, may(5))];
    await service.handle(
      order(company, 'second', { at: may(6), customer: 'c1', click: second }),
      order(company, 'first', { at: may(2), customer: 'c1', click: first }),
    );
    expect(await service.candidates(company, 'second')).toEqual([
      [anna.partnershipId, 'WON'],
      [bert.partnershipId, 'CUSTOMER_ALREADY_BOUND'],
    ]);
  });

  it('B-01 never credits a click of another company, also when both are in one batch', async () => {
    const other = newId('Company');
    const anna = await service.partner(company);
    const click = await service.click(anna, may(1));
    await service.handle(
      order(other, 'o1', { at: may(2), customer: 'c1', click }),
      order(company, 'o1', { at: may(2), customer: 'c1', click }),
    );
    expect(await service.decided(other)).toMatchObject([{ winner: null, reason: 'CLICK_ID_UNKNOWN' }]);
    expect(await winners()).toEqual([[anna.partnershipId, 1]]);
  });

  it('decides 200 facts of several companies in the same few statements as one', async () => {
    const companies = [company, newId('Company'), newId('Company')];
    const deliveries: Delivery<'order.placed'>[] = [];
    for (const [index, id] of companies.entries()) {
      const [anna, bert] = [await service.partner(id), await service.partner(id)];
      for (let n = index; n < 200; n += companies.length) {
        const first = await service.click(anna, may(1));
        const last = await service.click(bert, may(2), first);
        deliveries.push(order(id, `o${n}`, { at: may(3), customer: `c${n}`, click: last }));
      }
    }
    expect(await service.statementsOf(...deliveries)).toBeLessThanOrEqual(12);
    const decided = (await Promise.all(companies.map((id) => service.decided(id)))).flat();
    expect(decided).toHaveLength(200);
    expect(decided.every(({ winner }) => winner !== null)).toBe(true);
  });

  it.each([
    [200, 200],
    [201, 200],
  ])('judges of %i clicks of one visitor %i: the presented one and the newest', async (made, judged) => {
    const anna = await service.partner(company);
    const oldest = await service.click(anna, may(1));
    for (let n = 1; n < made; n++) await service.click(anna, may(1, n), oldest);
    await service.handle(order(company, 'o1', { at: may(2), customer: 'c1', click: oldest }));
    const candidates = await service.candidates(company, 'o1');
    expect(candidates).toHaveLength(judged);
    expect(candidates[0]).toEqual([anna.partnershipId, 'WON']);
  });

  it('does not lock two batches against each other that share customers in opposite order', async () => {
    const batch = (round: string) =>
      Array.from({ length: 50 }, (_, n) =>
        order(company, `${round}-${n}`, { at: may(2), customer: `c${n}` }),
      );
    await service.handle(...batch('known'));
    await Promise.all([
      service.handle(...batch('a')),
      service.handle(...batch('b').toReversed()),
      service.handle(...batch('c')),
    ]);
    expect(await service.decided(company)).toHaveLength(200);
  });

  describe('a click that is not stored yet', () => {
    it('is waited for 15 minutes, and then the order is decided without it', async () => {
      const anna = await service.partner(company);
      const click = service.unstoredClick(anna, may(1));
      const placed = order(company, 'o1', { at: may(2), customer: 'c1', click });
      service.clock.set(may(2, 15 * 60_000 - 1).toISOString());
      expect(await service.handle(placed)).toEqual<Outcome[]>([
        {
          kind: 'wait',
          waitFor: `click:${click.clickId}`,
          reason: 'CLICK_NOT_STORED_YET',
          deadline: may(2, 15 * 60_000),
        },
      ]);
      expect(await service.decided(company)).toEqual([]);
      service.clock.advance(1);
      expect(await service.handle(placed)).toEqual([{ kind: 'done' }]);
      expect(await service.decided(company)).toMatchObject([{ winner: null, reason: 'CLICK_ID_UNKNOWN' }]);
    });

    it('is credited once it is there', async () => {
      const anna = await service.partner(company);
      const click = service.unstoredClick(anna, may(1));
      const placed = order(company, 'o1', { at: may(2), customer: 'c1', click });
      service.clock.set(may(2).toISOString());
      await service.handle(placed);
      await service.store(click);
      expect(await service.handle(placed)).toEqual([{ kind: 'done' }]);
      expect(await winners()).toEqual([[anna.partnershipId, 1]]);
    });

    it('does not hold up the others of its batch', async () => {
      const anna = await service.partner(company);
      const [stored, missing] = [await service.click(anna, may(1)), service.unstoredClick(anna, may(1))];
      service.clock.set(may(2).toISOString());
      const outcomes = await service.handle(
        order(company, 'o1', { at: may(2), customer: 'c1', click: missing }),
        order(company, 'o2', { at: may(2), customer: 'c2', click: stored }),
      );
      expect(outcomes.map(({ kind }) => kind)).toEqual(['wait', 'done']);
    });
  });
});
