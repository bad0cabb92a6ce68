import fc from 'fast-check';
import { type Id, newId } from '#kernel';
import { expectInvariants } from '#testing';
import { ATTRIBUTION_INVARIANTS } from '../invariants.js';
import { may, AttributionApp } from '../../test/attribution-app.js';
import { order, signup } from '../../test/facts.js';

describe('what arrives late', () => {
  let service: AttributionApp;
  let company: Id<'Company'>;

  beforeAll(async () => {
    service = await AttributionApp.start();
  });
  beforeEach(() => {
    company = newId('Company');
  });
  afterEach(() => expectInvariants(service.app.database, ATTRIBUTION_INVARIANTS, service.clock));
  afterAll(() => service.close());

  const standing = async (subjectKey: string) => (await service.standing(company)).get(subjectKey);

  it('A-06 re-decides a signup when an older click is stored after it, and both candidates are on record', async () => {
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    const first = await service.click(anna, may(1));
    const late = service.unstoredClick(bert, may(2), first);
    await service.handle(signup(company, { at: may(3), customer: 'c1', click: first }));
    await service.handle(order(company, 'o1', { at: may(4), customer: 'c1' }));
    await service.store(late);
    expect(await service.handleLateClicks(late)).toEqual([{ kind: 'done' }]);

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
    const published = await service.decided(company);
    expect(published.map(({ revision, winner }) => [revision, winner?.partnershipId])).toEqual([
      [1, anna.partnershipId],
      [1, anna.partnershipId],
      [2, bert.partnershipId],
      [2, bert.partnershipId],
    ]);
  });

  it('A-06 leaves a decision alone when the late click is newer than the binding action', async () => {
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    const first = await service.click(anna, may(1));
    await service.handle(signup(company, { at: may(3), customer: 'c1', click: first }));
    const late = await service.click(bert, may(3, 1), first);
    await service.handleLateClicks(late);
    expect(await standing('c1')).toMatchObject({ revision: 1, winner: anna.partnershipId });
  });

  it('A-06 moves nothing once a commission on it is paid', async () => {
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    const first = await service.click(anna, may(1));
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', click: first }));
    await service.pay(anna, 'o1');
    const late = await service.click(bert, may(2), first);
    expect(await service.handleLateClicks(late)).toEqual([
      { kind: 'ignored', reason: 'COMMISSION_ALREADY_PAID' },
    ]);
    expect(await standing('o1')).toMatchObject({ revision: 1, winner: anna.partnershipId });
  });

  it('decides an order again that was decided before its click was stored', async () => {
    const anna = await service.partner(company);
    const late = service.unstoredClick(anna, may(1));
    await service.handle(order(company, 'o1', { at: may(2), customer: 'c1', click: late }));
    expect(await standing('o1')).toMatchObject({ winner: null, reason: 'CLICK_ID_UNKNOWN' });
    await service.store(late);
    await service.handleLateClicks(late);
    expect(await standing('o1')).toMatchObject({ revision: 2, winner: anna.partnershipId });
  });

  it('A-15 credits an order that came before its signup, once the signup is known', async () => {
    const anna = await service.partner(company);
    const click = await service.click(anna, may(1));
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1' }));
    await service.handle(signup(company, { at: may(2), customer: 'c1', click }));
    expect(await standing('o1')).toMatchObject({
      revision: 2,
      cause: 'late_fact',
      winner: anna.partnershipId,
      reason: 'CREDITED_BOUND_CUSTOMER',
    });
    expect((await service.decided(company)).at(-1)).toMatchObject({
      revision: 2,
      signedUpAt: may(2).toISOString(),
      firstPaidAt: may(3).toISOString(),
      subject: { kind: 'order', orderKey: 'o1', amount: 10_000 },
    });
  });

  it('credits a late order by itself, and moves nothing else, where a later one is paid', async () => {
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    const [first, second] = [await service.click(anna, may(1)), await service.click(bert, may(3))];
    await service.handle(order(company, 'paid', { at: may(4), customer: 'c1', click: second }));
    await service.pay(bert, 'paid');
    await service.handle(order(company, 'late', { at: may(2), customer: 'c1', click: first }));
    await service.handle(order(company, 'next', { at: may(5), customer: 'c1' }));
    expect(await standing('late')).toMatchObject({ revision: 1, winner: anna.partnershipId });
    expect(await standing('paid')).toMatchObject({ revision: 1, winner: bert.partnershipId });
    expect(await standing('next')).toMatchObject({ revision: 1, winner: bert.partnershipId });
  });

  it('B-01 a late click re-decides nothing of another company', async () => {
    const other = newId('Company');
    const [anna, bert] = [await service.partner(company), await service.partner(other)];
    const click = await service.click(anna, may(1));
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', click }));
    const late = await service.click(bert, may(2), click);
    await service.handleLateClicks(late);
    expect(await standing('o1')).toMatchObject({ revision: 1, winner: anna.partnershipId });
  });

  it('A-06 ends the same whatever the order of arrival and the batches', async () => {
    const story = async () => {
      const id = newId('Company');
      const [anna, bert] = [await service.partner(id), await service.partner(id)];
      const a = service.unstoredClick(anna, may(2));
      const b = service.unstoredClick(bert, may(5), a);
      const steps = [
        () => service.handle(order(id, 'before', { at: may(1), customer: 'c1' })),
        () => service.arrive(a),
        () => service.handle(signup(id, { at: may(3), customer: 'c1', click: a })),
        () => service.handle(order(id, 'by key', { at: may(4), customer: 'c1' })),
        () => service.arrive(b),
        () => service.handle(order(id, 'by click', { at: may(6), customer: 'c1', click: b })),
        () =>
          service.handle(
            order(id, 'same time', { at: may(3), customer: 'c1' }),
            order(id, 'again', { at: may(7), customer: 'c1', click: a }),
          ),
      ];
      const outcome = async () =>
        [...(await service.standing(id))].map(([key, { winner, reason, candidates }]) => [
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
    const permutations = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 });
    await fc.assert(
      fc.asyncProperty(permutations, async (permutation) => {
        const { steps, outcome } = await story();
        for (const index of permutation) await steps[index]?.();
        expect(await outcome()).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});
