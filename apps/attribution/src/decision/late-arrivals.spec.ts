import fc from 'fast-check';
import { type Id, newId } from '#kernel';
import { expectInvariants } from '#testing';
import { ATTRIBUTION_INVARIANTS } from '../invariants.js';
import { may, World } from '../testing/world.js';

describe('what arrives late', () => {
  let world: World;
  let company: Id<'Company'>;

  beforeAll(async () => {
    world = await World.create();
  });
  beforeEach(() => {
    company = newId('Company');
  });
  afterEach(() => expectInvariants(world.app.database, ATTRIBUTION_INVARIANTS, world.clock));
  afterAll(() => world.close());

  const standing = async (subjectKey: string) => (await world.standing(company)).get(subjectKey);

  it('A-06 re-decides a signup when an older click is stored after it, and both candidates are on record', async () => {
    const [anna, bert] = [await world.partner(company), await world.partner(company)];
    const first = await world.click(anna, may(1));
    const late = world.unstoredClick(bert, may(2), first);
    await world.handle(world.signup(company, { at: may(3), customer: 'c1', click: first }));
    await world.handle(world.order(company, 'o1', { at: may(4), customer: 'c1' }));
    await world.store(late);
    expect(await world.handleLateClicks(late)).toEqual([{ kind: 'done' }]);

    expect(await standing('c1')).toMatchObject({
      revision: 2,
      cause: 'late_click',
      winner: bert.partnershipId,
      candidates: [
        [bert.partnershipId, 'WON'],
        [anna.partnershipId, 'OTHER_PARTNER_LAST_CLICK'],
      ],
    });
    expect(await standing('o1')).toMatchObject({ revision: 2, winner: bert.partnershipId });
    const published = await world.decided(company);
    expect(published.map(({ revision, winner }) => [revision, winner?.partnershipId])).toEqual([
      [1, anna.partnershipId],
      [1, anna.partnershipId],
      [2, bert.partnershipId],
      [2, bert.partnershipId],
    ]);
  });

  it('A-06 leaves a decision alone when the late click is newer than the binding action', async () => {
    const [anna, bert] = [await world.partner(company), await world.partner(company)];
    const first = await world.click(anna, may(1));
    await world.handle(world.signup(company, { at: may(3), customer: 'c1', click: first }));
    const late = await world.click(bert, may(3, 1), first);
    await world.handleLateClicks(late);
    expect(await standing('c1')).toMatchObject({ revision: 1, winner: anna.partnershipId });
  });

  it('A-06 moves nothing once a commission on it is paid', async () => {
    const [anna, bert] = [await world.partner(company), await world.partner(company)];
    const first = await world.click(anna, may(1));
    await world.handle(world.order(company, 'o1', { at: may(3), customer: 'c1', click: first }));
    await world.pay(anna, 'o1');
    const late = await world.click(bert, may(2), first);
    expect(await world.handleLateClicks(late)).toEqual([
      { kind: 'ignored', reason: 'COMMISSION_ALREADY_PAID' },
    ]);
    expect(await standing('o1')).toMatchObject({ revision: 1, winner: anna.partnershipId });
  });

  it('decides an order again that was decided before its click was stored', async () => {
    const anna = await world.partner(company);
    const late = world.unstoredClick(anna, may(1));
    await world.handle(world.order(company, 'o1', { at: may(2), customer: 'c1', click: late }));
    expect(await standing('o1')).toMatchObject({ winner: null, reason: 'CLICK_ID_UNKNOWN' });
    await world.store(late);
    await world.handleLateClicks(late);
    expect(await standing('o1')).toMatchObject({ revision: 2, winner: anna.partnershipId });
  });

  it('A-15 credits an order that came before its signup, once the signup is known', async () => {
    const anna = await world.partner(company);
    const click = await world.click(anna, may(1));
    await world.handle(world.order(company, 'o1', { at: may(3), customer: 'c1' }));
    await world.handle(world.signup(company, { at: may(2), customer: 'c1', click }));
    expect(await standing('o1')).toMatchObject({
      revision: 2,
      cause: 'late_fact',
      winner: anna.partnershipId,
      reason: 'CREDITED_BOUND_CUSTOMER',
    });
    expect((await world.decided(company)).at(-1)).toMatchObject({
      revision: 2,
      signedUpAt: may(2).toISOString(),
      firstPaidAt: may(3).toISOString(),
      subject: { kind: 'order', orderKey: 'o1', amount: 10_000 },
    });
  });

  it('credits a late order by itself, and moves nothing else, where a later one is paid', async () => {
    const [anna, bert] = [await world.partner(company), await world.partner(company)];
    const [first, second] = [await world.click(anna, may(1)), await world.click(bert, may(3))];
    await world.handle(world.order(company, 'paid', { at: may(4), customer: 'c1', click: second }));
    await world.pay(bert, 'paid');
    await world.handle(world.order(company, 'late', { at: may(2), customer: 'c1', click: first }));
    await world.handle(world.order(company, 'next', { at: may(5), customer: 'c1' }));
    expect(await standing('late')).toMatchObject({ revision: 1, winner: anna.partnershipId });
    expect(await standing('paid')).toMatchObject({ revision: 1, winner: bert.partnershipId });
    expect(await standing('next')).toMatchObject({ revision: 1, winner: bert.partnershipId });
  });

  it('B-01 a late click re-decides nothing of another company', async () => {
    const other = newId('Company');
    const [anna, bert] = [await world.partner(company), await world.partner(other)];
    const click = await world.click(anna, may(1));
    await world.handle(world.order(company, 'o1', { at: may(3), customer: 'c1', click }));
    const late = await world.click(bert, may(2), click);
    await world.handleLateClicks(late);
    expect(await standing('o1')).toMatchObject({ revision: 1, winner: anna.partnershipId });
  });

  it('A-06 ends the same whatever the order of arrival and the batches', async () => {
    const story = async () => {
      const id = newId('Company');
      const [anna, bert] = [await world.partner(id), await world.partner(id)];
      const a = world.unstoredClick(anna, may(2));
      const b = world.unstoredClick(bert, may(5), a);
      const steps = [
        () => world.handle(world.order(id, 'before', { at: may(1), customer: 'c1' })),
        () => world.arrive(a),
        () => world.handle(world.signup(id, { at: may(3), customer: 'c1', click: a })),
        () => world.handle(world.order(id, 'by key', { at: may(4), customer: 'c1' })),
        () => world.arrive(b),
        () => world.handle(world.order(id, 'by click', { at: may(6), customer: 'c1', click: b })),
        () =>
          world.handle(
            world.order(id, 'same time', { at: may(3), customer: 'c1' }),
            world.order(id, 'again', { at: may(7), customer: 'c1', click: a }),
          ),
      ];
      const outcome = async () =>
        [...(await world.standing(id))].map(([key, { winner, reason, candidates }]) => [
          key,
          winner === anna.partnershipId ? 'anna' : winner === bert.partnershipId ? 'bert' : winner,
          reason,
          candidates.map(([partnershipId, why]) => [partnershipId === anna.partnershipId, why]),
        ]);
      return { steps, outcome };
    };
    const inOrder = await story();
    for (const step of inOrder.steps) await step();
    const expected = await inOrder.outcome();
    expect(expected.map(([key, winner]) => [key, winner])).toEqual([
      ['again', 'anna'],
      ['before', null],
      ['by click', 'anna'],
      ['by key', 'anna'],
      ['c1', 'anna'],
      ['same time', 'anna'],
    ]);
    const orders = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const { steps, outcome } = await story();
        for (const index of order) await steps[index]?.();
        expect(await outcome()).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
