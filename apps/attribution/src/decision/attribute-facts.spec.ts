import type { Delivery, Outcome } from '#bus';
import { type Id, newId } from '#kernel';
import { DAY, may, World } from '../testing/world.js';

describe('attributing signups and orders', () => {
  let world: World;
  let company: Id<'Company'>;

  beforeAll(async () => {
    world = await World.create();
  });
  beforeEach(() => {
    company = newId('Company');
    world.clock.set('2026-06-01T00:00:00Z');
  });
  afterAll(() => world.close());

  const winners = async (of = company) =>
    (await world.decided(of)).map(({ winner, revision }) => [winner?.partnershipId ?? null, revision]);

  it('A-01 A-15 credits a signup after a click, binds the customer and credits its orders without a click', async () => {
    const anna = await world.partner(company);
    const click = await world.click(anna, may(1));
    await world.handle(world.signup(company, { at: may(2), customer: 'c1', click }));
    await world.handle(world.order(company, 'o1', { at: may(3), customer: 'c1' }));
    expect(await world.decided(company)).toMatchObject([
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
    const [anna, bert] = [await world.partner(company), await world.partner(company)];
    const first = await world.click(anna, may(1));
    const last = await world.click(bert, may(2), first);
    await world.handle(world.order(company, 'o1', { at: may(3), customer: 'c1', click: first }));
    expect(await winners()).toEqual([[bert.partnershipId, 1]]);
    expect(await world.candidates(company, 'o1')).toEqual([
      [last.partner.partnershipId, 'WON'],
      [anna.partnershipId, 'OTHER_PARTNER_LAST_CLICK'],
    ]);
  });

  it('A-05 leaves a customer who signed up with its partner after a click of another', async () => {
    const [anna, bert] = [await world.partner(company), await world.partner(company)];
    const first = await world.click(anna, may(1));
    await world.handle(world.signup(company, { at: may(2), customer: 'c1', click: first }));
    const later = await world.click(bert, may(3), first);
    await world.handle(world.order(company, 'o1', { at: may(4), customer: 'c1', click: later }));
    expect((await winners()).at(-1)).toEqual([anna.partnershipId, 1]);
    expect(await world.candidates(company, 'o1')).toEqual([
      [anna.partnershipId, 'WON'],
      [bert.partnershipId, 'CUSTOMER_ALREADY_BOUND'],
      [anna.partnershipId, 'CREDITED_BY_BINDING'],
    ]);
  });

  it('A-07 A-13 A-14 publishes a decision without a winner where no click is named', async () => {
    await world.handle(world.order(company, 'o1', { at: may(3), customer: 'c1' }));
    expect(await world.decided(company)).toMatchObject([{ winner: null, reason: 'NO_CLICK_ID_PRESENTED' }]);
  });

  it('A-11 A-12 enforces the window by click time on the server, to the millisecond', async () => {
    const anna = await world.partner(company);
    const [inside, outside] = [await world.click(anna, may(1)), await world.click(anna, may(1))];
    await world.handle(
      world.order(company, 'in', { at: may(1, 90 * DAY), customer: 'c1', click: inside }),
      world.order(company, 'out', { at: may(1, 90 * DAY + 1), customer: 'c2', click: outside }),
    );
    expect(await world.candidates(company, 'in')).toEqual([[anna.partnershipId, 'WON']]);
    expect(await world.candidates(company, 'out')).toEqual([[anna.partnershipId, 'CLICK_EXPIRED']]);
  });

  it('does nothing when the same fact comes again, in the same batch or under another event id later', async () => {
    const anna = await world.partner(company);
    const click = await world.click(anna, may(1));
    const order = () => world.order(company, 'o1', { at: may(2), customer: 'c1', click });
    const outcomes = [...(await world.handle(order(), order())), ...(await world.handle(order()))];
    expect(outcomes).toEqual<Outcome[]>([{ kind: 'done' }, { kind: 'done' }, { kind: 'done' }]);
    expect(await winners()).toEqual([[anna.partnershipId, 1]]);
  });

  it('sees a binding that an earlier fact of the same batch made, in the order of events', async () => {
    const [anna, bert] = [await world.partner(company), await world.partner(company)];
    const [first, second] = [await world.click(anna, may(1)), await world.click(bert, may(5))];
    await world.handle(
      world.order(company, 'second', { at: may(6), customer: 'c1', click: second }),
      world.order(company, 'first', { at: may(2), customer: 'c1', click: first }),
    );
    expect(await world.candidates(company, 'second')).toEqual([
      [anna.partnershipId, 'WON'],
      [bert.partnershipId, 'CUSTOMER_ALREADY_BOUND'],
    ]);
  });

  it('B-01 never credits a click of another company, also when both are in one batch', async () => {
    const other = newId('Company');
    const anna = await world.partner(company);
    const click = await world.click(anna, may(1));
    await world.handle(
      world.order(other, 'o1', { at: may(2), customer: 'c1', click }),
      world.order(company, 'o1', { at: may(2), customer: 'c1', click }),
    );
    expect(await world.decided(other)).toMatchObject([{ winner: null, reason: 'CLICK_ID_UNKNOWN' }]);
    expect(await winners()).toEqual([[anna.partnershipId, 1]]);
  });

  it('decides 200 facts of several companies in the same few statements as one', async () => {
    const companies = [company, newId('Company'), newId('Company')];
    const deliveries: Delivery<'order.placed'>[] = [];
    for (const [index, id] of companies.entries()) {
      const [anna, bert] = [await world.partner(id), await world.partner(id)];
      for (let n = index; n < 200; n += companies.length) {
        const first = await world.click(anna, may(1));
        const last = await world.click(bert, may(2), first);
        deliveries.push(world.order(id, `o${n}`, { at: may(3), customer: `c${n}`, click: last }));
      }
    }
    expect(await world.statementsOf(...deliveries)).toBeLessThanOrEqual(12);
    const decided = (await Promise.all(companies.map((id) => world.decided(id)))).flat();
    expect(decided).toHaveLength(200);
    expect(decided.every(({ winner }) => winner !== null)).toBe(true);
  });

  it.each([
    [200, 200],
    [201, 200],
  ])('judges of %i clicks of one visitor %i: the presented one and the newest', async (made, judged) => {
    const anna = await world.partner(company);
    const oldest = await world.click(anna, may(1));
    for (let n = 1; n < made; n++) await world.click(anna, may(1, n), oldest);
    await world.handle(world.order(company, 'o1', { at: may(2), customer: 'c1', click: oldest }));
    const candidates = await world.candidates(company, 'o1');
    expect(candidates).toHaveLength(judged);
    expect(candidates[0]).toEqual([anna.partnershipId, 'WON']);
  });

  it('does not lock two batches against each other that share customers in opposite order', async () => {
    const batch = (round: string) =>
      Array.from({ length: 50 }, (_, n) =>
        world.order(company, `${round}-${n}`, { at: may(2), customer: `c${n}` }),
      );
    await world.handle(...batch('known'));
    await Promise.all([
      world.handle(...batch('a')),
      world.handle(...batch('b').toReversed()),
      world.handle(...batch('c')),
    ]);
    expect(await world.decided(company)).toHaveLength(200);
  });

  describe('a click that is not stored yet', () => {
    it('is waited for 15 minutes, and then the order is decided without it', async () => {
      const anna = await world.partner(company);
      const click = world.unstoredClick(anna, may(1));
      const order = world.order(company, 'o1', { at: may(2), customer: 'c1', click });
      world.clock.set(may(2, 15 * 60_000 - 1).toISOString());
      expect(await world.handle(order)).toEqual<Outcome[]>([
        {
          kind: 'wait',
          waitFor: `click:${click.clickId}`,
          reason: 'CLICK_NOT_STORED_YET',
          deadline: may(2, 15 * 60_000),
        },
      ]);
      expect(await world.decided(company)).toEqual([]);
      world.clock.advance(1);
      expect(await world.handle(order)).toEqual([{ kind: 'done' }]);
      expect(await world.decided(company)).toMatchObject([{ winner: null, reason: 'CLICK_ID_UNKNOWN' }]);
    });

    it('is credited once it is there', async () => {
      const anna = await world.partner(company);
      const click = world.unstoredClick(anna, may(1));
      const order = world.order(company, 'o1', { at: may(2), customer: 'c1', click });
      world.clock.set(may(2).toISOString());
      await world.handle(order);
      await world.store(click);
      expect(await world.handle(order)).toEqual([{ kind: 'done' }]);
      expect(await winners()).toEqual([[anna.partnershipId, 1]]);
    });

    it('does not hold up the others of its batch', async () => {
      const anna = await world.partner(company);
      const [stored, missing] = [await world.click(anna, may(1)), world.unstoredClick(anna, may(1))];
      world.clock.set(may(2).toISOString());
      const outcomes = await world.handle(
        world.order(company, 'o1', { at: may(2), customer: 'c1', click: missing }),
        world.order(company, 'o2', { at: may(2), customer: 'c2', click: stored }),
      );
      expect(outcomes.map(({ kind }) => kind)).toEqual(['wait', 'done']);
    });
  });
});
