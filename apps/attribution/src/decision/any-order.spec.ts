import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { newId } from '#kernel';
import { expectInvariants } from '#testing';
import { AttributionApp, may } from '../../test/attribution-app.js';
import { cancelled, closed, order, performed, signup } from '../../test/facts.js';
import { ATTRIBUTION_INVARIANTS } from '../invariants.js';

/** Hands something over again until the handler no longer waits for what is not known yet, as the bus does. */
type Step = () => Promise<'done' | 'waits'>;

describe('codes, leads, cancellations and clicks in any order of arrival', () => {
  let service: AttributionApp;

  beforeAll(async () => {
    service = await AttributionApp.start();
  });
  afterEach(() => expectInvariants(service.app.database, ATTRIBUTION_INVARIANTS, service.clock));
  afterAll(() => service.close());

  async function newStory(): Promise<{ steps: Step[]; outcome: () => Promise<unknown[]> }> {
    const company = newId('Company');
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    await service.code(anna, 'anna10');
    await service.code(bert, 'bert20');
    const click = service.unstoredClick(bert, may(1));
    const referralId = randomUUID();
    const place = async (orderKey: string, day: number, customer: string, codes: string[] = []) => {
      await service.handle(order(company, orderKey, { at: may(day), customer, codes, policy: 'first' }));
      await service.recordOrder(anna, orderKey, may(day), null);
      return 'done' as const;
    };
    const cancel = async (orderKey: string, day: number) => {
      const [outcome] = await service.handleCancellations(cancelled(company, orderKey, may(day)));
      return outcome?.kind === 'wait' ? ('waits' as const) : ('done' as const);
    };
    const steps: Step[] = [
      () => place('o1', 2, 'c1', ['ANNA10']),
      () => place('between', 3, 'c1'),
      () => cancel('o1', 4),
      () => cancel('between', 6),
      () => place('after', 5, 'c1'),
      () => place('later', 7, 'c1', ['bert20']),
      async () => {
        await service.arrive(click);
        return 'done';
      },
      async () => {
        await service.handle(signup(company, { at: may(8), customer: 'c2', clickId: click.clickId }));
        return 'done';
      },
      async () => {
        await service.handleReferrals(
          closed(anna, { at: may(6), customer: 'c2', referralId, kind: 'deal', revision: 1 }),
        );
        return 'done';
      },
      async () => {
        await service.handleReferrals(
          closed(anna, { at: may(9), customer: 'c3', referralId, kind: 'deal', revision: 2 }),
        );
        return 'done';
      },
      async () => {
        await service.handle(
          performed(company, 'demo', { at: may(10), customer: 'c3', codes: ['bert20'] }),
          order(company, 'o-c2', { at: may(10), customer: 'c2' }),
        );
        return 'done';
      },
    ];
    const names = new Map<string | null, string>([
      [anna.partnershipId, 'anna'],
      [bert.partnershipId, 'bert'],
      [null, 'nobody'],
    ]);
    const outcome = async () =>
      [...(await service.standing(company))]
        .map(([key, { winner, reason, candidates }]) => [
          key === referralId ? 'deal' : key,
          names.get(winner),
          reason,
          candidates.map(([partnershipId, why]) => `${names.get(partnershipId) ?? ''} ${why}`),
        ])
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    return { steps, outcome };
  }

  async function play(steps: readonly Step[]): Promise<void> {
    let waiting = steps;
    while (waiting.length > 0) {
      const still: Step[] = [];
      for (const step of waiting) if ((await step()) === 'waits') still.push(step);
      waiting = still;
    }
  }

  it('A-06 A-20 end in the same decisions, candidates and bindings', async () => {
    const inOrder = await newStory();
    await play(inOrder.steps);
    const expected = await inOrder.outcome();
    expect(expected.map((row) => (row as unknown[]).slice(0, 2))).toEqual([
      ['after', 'anna'],
      ['between', 'anna'],
      ['c2', 'bert'],
      ['deal', 'anna'],
      ['demo', 'anna'],
      ['later', 'anna'],
      ['o-c2', 'bert'],
      ['o1', 'anna'],
    ]);
    const permutations = fc.shuffledSubarray([...inOrder.steps.keys()], { minLength: inOrder.steps.length });
    await fc.assert(
      fc.asyncProperty(permutations, async (permutation) => {
        const { steps, outcome } = await newStory();
        await play(permutation.flatMap((index) => steps[index] ?? []));
        expect(await outcome()).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});
