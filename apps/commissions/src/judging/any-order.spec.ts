import fc from 'fast-check';
import { type AnyDelivery, CommissionsFixture, type Tenant } from '../../test/commissions-fixture.js';
import { again, aPartner, fulfilled, orderDecided, refunded } from '../../test/deliveries.js';

const RUNS = 25;
/** The last millisecond of 31 May in Berlin: a hold that ends on 1 June still runs. */
const NOW = '2026-05-31T21:59:59.999Z';
const PARTNERS = [aPartner(), aPartner()] as const;

/** The facts of one order, in the order they happened; `null` credits nobody. */
const story = fc.record({
  amount: fc.integer({ min: 1, max: 100_000 }),
  policy: fc.constantFrom('none' as const, 'first' as const),
  winners: fc.array(fc.constantFrom(0, 1, null), { minLength: 1, maxLength: 3 }),
  fulfilments: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 2 }),
  singles: fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 3 }),
  snapshots: fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 2 }),
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
        }),
      ),
      ...facts.fulfilments.map((number) => fulfilled(tenant, orderKey, day(number))),
      ...facts.singles.map((amount, index) =>
        refunded(tenant, orderKey, { kind: 'single', refundKey: `r${index}`, amount }),
      ),
      ...facts.snapshots.map((refundedTotal) =>
        refunded(tenant, orderKey, { kind: 'snapshot', refundedTotal }),
      ),
    ];
  }

  /** What must come out, by arithmetic of its own. */
  function expected({ amount, policy, winners, fulfilments, singles, snapshots }: Story) {
    const total = Math.min(
      amount,
      Math.max(
        singles.reduce((sum, single) => sum + single, 0),
        0,
        ...snapshots,
      ),
    );
    const winner = winners.at(-1) ?? null;
    const isEarned = policy === 'none' || fulfilments.length > 0;
    const earned = Math.floor(((amount - total) * 2 + 5) / 10);
    const isHoldOver = (policy === 'none' ? 1 : Math.min(...fulfilments)) + 10 <= 31;
    const state = total === amount ? 'reversed' : isHoldOver ? 'payable' : 'held';
    return PARTNERS.map((_, index) => {
      if (index !== winner) return { owed: 0 };
      if (!isEarned && total < amount) return { owed: 0, state: 'waiting_fulfilment', amount: earned };
      return { owed: isEarned ? earned : 0, state, amount: earned };
    });
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
