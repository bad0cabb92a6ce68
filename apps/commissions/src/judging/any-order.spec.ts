import fc from 'fast-check';
import type { ChargebackOutcome } from '#contracts';
import { type AnyDelivery, CommissionsFixture, type Tenant } from '../../test/commissions-fixture.js';
import {
  again,
  aPartner,
  cancelled,
  chargedBack,
  fulfilled,
  orderDecided,
  refunded,
} from '../../test/deliveries.js';

const RUNS = 25;
/** The last millisecond of 31 May in Berlin: a hold that ends on 1 June still runs. */
const NOW = '2026-05-31T21:59:59.999Z';
const PARTNERS = [aPartner(), aPartner()] as const;

/** The facts of one order, in the order they happened; `null` credits nobody. */
const story = fc.record({
  amount: fc.integer({ min: 1, max: 100_000 }),
  policy: fc.constantFrom('none' as const, 'first' as const, 'lines' as const, 'complete' as const),
  winners: fc.array(fc.constantFrom(0, 1, null), { minLength: 1, maxLength: 3 }),
  fulfilments: fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 30 }),
      lines: fc.constantFrom<readonly string[] | null>(null, ['a'], ['b'], ['a', 'b']),
    }),
    { maxLength: 3 },
  ),
  singles: fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 3 }),
  snapshots: fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 2 }),
  chargebacks: fc.array(
    fc.record({ amount: fc.integer({ min: 0, max: 40_000 }), end: fc.constantFrom('won', 'lost', null) }),
    { maxLength: 2 },
  ),
  isCancelled: fc.boolean(),
});
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never;

/** How the facts arrive: shuffled by weights, some twice, cut into batches, holds released in between. */
const arrival = fc.record({
  weights: fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 }),
  repeats: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  cuts: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
  releases: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
});
type Arrival = typeof arrival extends fc.Arbitrary<infer A> ? A : never;

const day = (number: number) => `2026-05-${String(number).padStart(2, '0')}T10:00:00Z`;

describe('facts of orders in any order', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  let orders = 0;

  beforeAll(async () => {
    service = await CommissionsFixture.start(NOW);
    tenant = await service.tenant();
    await service.offer(tenant, {
      trigger: 'sale',
      reward: { kind: 'percent', basisPoints: 2000 },
      holdDays: 10,
    });
  });

  afterAll(() => service.close());

  function deliveriesOf(orderKey: string, facts: Story): AnyDelivery[] {
    return [
      ...facts.winners.map((winner, index) =>
        orderDecided(tenant, {
          orderKey,
          partner: winner === null ? null : PARTNERS[winner],
          revision: index + 1,
          placedAt: day(1),
          amount: facts.amount,
          fulfilmentPolicy: facts.policy,
          lines: linesOf(facts),
        }),
      ),
      ...facts.fulfilments.map(({ day: number, lines }) => fulfilled(tenant, orderKey, day(number), lines)),
      ...facts.chargebacks.flatMap(({ amount, end }, index) => {
        const report = (outcome: ChargebackOutcome, at: string) =>
          chargedBack(tenant, orderKey, { chargebackKey: `c${index}`, outcome, amount }, at);
        return [report('opened', day(10)), ...(end === null ? [] : [report(end, day(20))])];
      }),
      ...(facts.isCancelled ? [cancelled(tenant, orderKey, day(5))] : []),
      ...facts.singles.map((amount, index) =>
        refunded(tenant, orderKey, { kind: 'single', refundKey: `r${index}`, amount }),
      ),
      ...facts.snapshots.map((refundedTotal) =>
        refunded(tenant, orderKey, { kind: 'snapshot', refundedTotal }),
      ),
    ];
  }

  /** What must come out, by arithmetic of its own. */
  function expected(facts: Story) {
    const { amount, policy, winners } = facts;
    const winner = winners.at(-1) ?? null;
    const left = amount - takenBack(facts);
    const { earnedOn, part } = fulfilmentOf(facts);
    const isCancelled =
      facts.isCancelled && (policy === 'none' ? !facts.fulfilments.length : earnedOn === null);
    const isGone = left === 0 || isCancelled;
    const state = isGone ? 'reversed' : stateOf(earnedOn);
    const owed = isGone || earnedOn === null ? 0 : oneFifth(left * part, amount);
    // What is not shipped of a cancelled order never will be.
    const comesTo = isGone || facts.isCancelled ? owed : oneFifth(left, 1);
    return PARTNERS.map((_, index) => (index === winner ? { owed, state, amount: comesTo } : { owed: 0 }));
  }

  async function outcomeOf(orderKey: string) {
    const rows = (await service.commissions(tenant)).filter((row) => row.subject_key === orderKey);
    return PARTNERS.map(({ partnershipId }) => {
      const row = rows.find(({ partnership_id }) => partnership_id === partnershipId);
      return { owed: (row?.held ?? 0) + (row?.payable ?? 0), state: row?.state, amount: row?.amount };
    });
  }

  async function arrive(deliveries: readonly AnyDelivery[], how: Arrival): Promise<void> {
    const shuffled = deliveries
      .flatMap((delivery, index) => (how.repeats[index % 40] ? [delivery, again(delivery)] : [delivery]))
      .map((delivery, index) => ({ delivery, weight: how.weights[(index * 7) % 40] ?? 0 }))
      .toSorted((a, b) => a.weight - b.weight)
      .map(({ delivery }) => delivery);
    const batches: AnyDelivery[][] = [];
    for (const [index, delivery] of shuffled.entries()) {
      const last = batches.at(-1);
      if (last && last[0]?.type === delivery.type && !how.cuts[index % 40]) last.push(delivery);
      else batches.push([delivery]);
    }
    await service.deliver(...batches);
    if (how.releases[0]) await service.releaseHolds.execute();
    await service.deliver(...batches.toReversed());
    await service.releaseHolds.execute();
  }

  it(`end in the same balances, however they arrive (${RUNS} sequences)`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(story, { minLength: 1, maxLength: 3 }), arrival, async (stories, how) => {
        const keys = stories.map(() => `order ${(orders += 1)}`);
        const deliveries = stories.flatMap((facts, index) => deliveriesOf(keys[index] ?? '', facts));
        await arrive(deliveries, how);
        for (const [index, facts] of stories.entries()) {
          expect(await outcomeOf(keys[index] ?? '')).toMatchObject(expected(facts));
        }
      }),
      { numRuns: RUNS },
    );
    await service.verify();
  });
});

const linesOf = ({ amount }: Story) =>
  [['a', Math.floor(amount / 3)] as const, ['b', amount - Math.floor(amount / 3)] as const].map(
    ([lineKey, of]) => ({ lineKey, productKey: null, categoryKey: null, amount: of }),
  );

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** A fifth of a fraction, rounded half up. */
const oneFifth = (numerator: number, denominator: number) =>
  Math.floor((2 * numerator + 5 * denominator) / (10 * denominator));

function takenBack({ amount, singles, snapshots, chargebacks }: Story): number {
  const refunds = Math.min(amount, Math.max(sum(singles), 0, ...snapshots));
  const disputed = sum(chargebacks.filter(({ end }) => end !== 'won').map((chargeback) => chargeback.amount));
  return Math.min(amount, refunds + disputed);
}

/** The day it is earned, and of how much of it. */
function fulfilmentOf(facts: Story): { earnedOn: number | null; part: number } {
  const { amount, policy, fulfilments } = facts;
  if (policy === 'none') return { earnedOn: 1, part: amount };
  const first = (of: string | null) =>
    Math.min(
      ...fulfilments.filter(({ lines }) => (of === null ? !lines : lines?.includes(of))).map((f) => f.day),
    );
  const complete = Math.min(first(null), Math.max(first('a'), first('b')));
  const any = Math.min(...fulfilments.map((fulfilment) => fulfilment.day));
  const lines = linesOf(facts).filter(({ lineKey }) => Number.isFinite(first(lineKey)));
  const part =
    policy === 'lines' && !Number.isFinite(complete) ? sum(lines.map((line) => line.amount)) : amount;
  const earnedOn = policy === 'complete' ? complete : any;
  return { earnedOn: Number.isFinite(earnedOn) ? earnedOn : null, part };
}

function stateOf(earnedOn: number | null): string {
  if (earnedOn === null) return 'waiting_fulfilment';
  return earnedOn + 10 <= 31 ? 'payable' : 'held';
}
