import fc from 'fast-check';
import { type Id, newId } from '#kernel';
import { CommissionsFixture, type Tenant } from '../../test/commissions-fixture.js';
import { again, aPartner, orderDecided, otherDecided, refunded } from '../../test/deliveries.js';

const percent = (basisPoints: number) => ({ kind: 'percent', basisPoints });
const eur = (amount: number) => ({ amount, currency: 'EUR' });

const RUNS = 15;

/** What 10 % of a customer's orders earn under a cap of 3 orders and 20.00, by arithmetic of its own. */
function cappedAmounts(amounts: readonly number[]): number[] {
  let [count, left] = [0, 2_000];
  return amounts.map((amount) => {
    if (count === 3 || left === 0) return 0;
    const earned = Math.min(left, Math.round(amount / 10));
    count += 1;
    left -= earned;
    return earned;
  });
}

describe('tiers, budgets and caps', () => {
  let service: CommissionsFixture;
  let tenant: Tenant;
  const [partner, rival] = [aPartner(), aPartner()];

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
  });

  beforeEach(async () => {
    tenant = await service.tenant();
  });

  afterEach(() => service.verify());

  afterAll(() => service.close());

  const order = (orderKey: string, changes: object = {}) =>
    orderDecided(tenant, { orderKey, partner, ...changes });
  const refund = (orderKey: string, amount = 10_000) =>
    refunded(tenant, orderKey, { kind: 'snapshot', refundedTotal: amount });
  const earned = async () =>
    Object.fromEntries((await service.commissions(tenant)).map((row) => [row.subject_key, row.held]));

  describe('tiers', () => {
    const tiers = {
      kind: 'tiers',
      measure: 'count',
      period: 'month',
      steps: [
        { after: 0, reward: percent(1000) },
        { after: 2, reward: percent(2000) },
      ],
    };

    it('count in the order in which they were recorded, in one batch and in several', async () => {
      await service.offer(tenant, { trigger: 'sale', reward: tiers });
      await service.deliver([order('o1')], [order('o2'), order('o3')], [order('o4')]);
      expect(await earned()).toEqual({ o1: 1000, o2: 1000, o3: 2000, o4: 2000 });
    });

    it('never count the same order twice, and never change an earlier step', async () => {
      await service.offer(tenant, { trigger: 'sale', reward: tiers });
      await service.deliver([order('o1')], [again(order('o1'))], [order('o2')], [refund('o1', 5_000)]);
      await service.deliver([order('o3', { placedAt: '2026-05-01T00:00:00Z' })], [refund('o2', 5_000)]);
      expect(await earned()).toEqual({ o1: 500, o2: 500, o3: 2000 });
    });

    it('start again in the next calendar month of the program, and count each partner alone', async () => {
      await service.offer(tenant, { trigger: 'sale', reward: tiers });
      await service.deliver([order('o1'), order('o2')], [order('r1', { partner: rival })]);
      await service.deliver([
        order('before', { placedAt: '2026-04-30T21:59:59Z' }),
        order('after', { placedAt: '2026-04-30T22:00:00Z' }),
      ]);
      expect(await earned()).toEqual({ o1: 1000, o2: 1000, r1: 1000, before: 1000, after: 2000 });
    });

    it('add up volume', async () => {
      const byVolume = { ...tiers, measure: 'volume', currency: 'EUR' };
      byVolume.steps = [tiers.steps[0], { after: 15_000, reward: percent(2000) }].flatMap((s) => s ?? []);
      await service.offer(tenant, { trigger: 'sale', reward: byVolume });
      await service.deliver([order('o1')], [order('o2', { amount: 5_000 })], [order('o3')]);
      expect(await earned()).toEqual({ o1: 1000, o2: 500, o3: 2000 });
    });
  });

  it('a partner budget pays what is left, then nothing; a refund gives nothing of it back', async () => {
    const partnerBudget = { ...eur(2_500), period: 'year' };
    await service.offer(tenant, { trigger: 'sale', reward: percent(1000), partnerBudget });
    await service.deliver([order('o1'), order('o2'), order('o3')], [refund('o1')], [order('o4')]);
    await service.deliver([order('r1', { partner: rival })], [refund('o3', 5_000)]);
    expect(await earned()).toEqual({ o1: 0, o2: 1000, o3: 250, r1: 1000 });
  });

  it('a program budget is never overspent, not by batches at the same moment either', async () => {
    const programBudget = { ...eur(5_500), period: 'all_time' };
    await service.offer(tenant, { trigger: 'sale', reward: percent(1000), programBudget });
    const batches = Array.from({ length: 8 }, (_, index) => [
      order(`o${index}`, { partner: index % 2 === 0 ? partner : rival }),
    ]);
    await Promise.all(batches.map((batch) => service.batch(batch)));
    const amounts = Object.values(await earned());
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(5_500);
    expect(amounts).toHaveLength(6);
  });

  describe("a customer's cap", () => {
    const customerId = newId('Customer');
    const own = (orderKey: string, day: string) =>
      order(orderKey, { customerId, placedAt: `2026-05-${day}T10:00:00Z` });

    it('counts by the events’ own times, and is judged again when an earlier one arrives', async () => {
      await service.offer(tenant, { trigger: 'sale', reward: percent(1000), customerCap: { count: 2 } });
      await service.deliver([own('o3', '03')], [own('o4', '04')], [own('o5', '05')]);
      expect(await earned()).toEqual({ o3: 1000, o4: 1000 });
      await service.deliver([own('o1', '01')]);
      expect(await service.commissions(tenant)).toMatchObject([
        { subject_key: 'o1', held: 1000 },
        { subject_key: 'o3', held: 1000 },
        { subject_key: 'o4', state: 'reversed', reversal_reason: 'NOT_QUALIFIED', held: 0 },
      ]);
    });

    it('ends the same in any order of arrival, in one batch or one by one', async () => {
      const rule = { trigger: 'sale', reward: percent(1000), customerCap: { amount: eur(2_500) } };
      await service.offer(tenant, rule);
      const days = ['04', '02', '05', '01', '03'];
      await service.deliver(...days.map((day) => [own(`o${day}`, day)]));
      const oneByOne = await earned();
      tenant = await service.tenant();
      await service.offer(tenant, rule);
      await service.deliver(days.map((day) => own(`o${day}`, day)));
      expect(await earned()).toEqual({ o01: 1000, o02: 1000, o03: 500 });
      expect(oneByOne).toEqual({ o01: 1000, o02: 1000, o03: 500, o04: 0, o05: 0 });
    });

    it(`ends the same whatever the order of arrival (${RUNS} sequences)`, async () => {
      const capped = { count: 3, amount: eur(2_000) };
      await service.offer(tenant, { trigger: 'sale', reward: percent(1000), customerCap: capped });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 12_000 }), { minLength: 1, maxLength: 6 }),
          fc.array(fc.nat(100), { minLength: 6, maxLength: 6 }),
          fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
          async (amounts, weights, cuts) => {
            const whose = newId('Customer');
            const orders = amounts.map((amount, index) =>
              order(`${whose} ${index}`, {
                customerId: whose,
                amount,
                placedAt: `2026-05-0${index + 1}T10:00:00Z`,
              }),
            );
            const shuffled = orders
              .map((delivery, index) => ({ delivery, weight: weights[index] ?? 0 }))
              .toSorted((a, b) => a.weight - b.weight);
            const batches: (typeof orders)[] = [];
            for (const [index, { delivery }] of shuffled.entries()) {
              if (index === 0 || cuts[index]) batches.push([delivery]);
              else batches.at(-1)?.push(delivery);
            }
            await service.deliver(...batches);
            const found = await earned();
            const held = amounts.map((_, index) => found[`${whose} ${index}`] ?? 0);
            expect(held).toEqual(cappedAmounts(amounts));
          },
        ),
        { numRuns: RUNS },
      );
    });

    it('never raises what a budget granted, when facts that come later leave more of the cap', async () => {
      await service.offer(tenant, {
        trigger: 'sale',
        reward: percent(1000),
        customerCap: { amount: eur(1_200) },
        partnerBudget: { ...eur(1_500), period: 'all_time' },
      });
      await service.deliver([own('o1', '01')], [own('o2', '02')], [order('last')]);
      expect(await earned()).toEqual({ o1: 1000, o2: 200, last: 300 });
      const elsewhere = { customerId, placedAt: '2026-05-01T10:00:00Z', partner: rival, revision: 2 };
      await service.deliver([order('o1', elsewhere)]);
      expect((await service.commissions(tenant)).find((row) => row.subject_key === 'o2')?.held).toBe(200);
    });

    it('is not freed by a refund, and is freed by an order that another partner is credited with', async () => {
      await service.offer(tenant, { trigger: 'sale', reward: percent(1000), customerCap: { count: 1 } });
      await service.deliver([own('o1', '01'), own('o2', '02')], [refund('o1')]);
      expect(await earned()).toEqual({ o1: 0 });
      const elsewhere = order('o1', {
        customerId,
        placedAt: '2026-05-01T10:00:00Z',
        partner: rival,
        revision: 2,
      });
      await service.deliver([elsewhere]);
      expect(await earned()).toMatchObject({ o2: 1000 });
    });

    it('knows what a refunded order took of it, also when an earlier one leaves more to that', async () => {
      const rule = { trigger: 'sale', reward: percent(1000), customerCap: { amount: eur(1_500) } };
      await service.offer(tenant, rule);
      const first = { customerId, placedAt: '2026-05-01T10:00:00Z' };
      await service.deliver([order('o1', first)], [own('o2', '02')], [refund('o2')]);
      await service.deliver([order('o1', { ...first, partner: rival, revision: 2 })], [own('o3', '03')]);
      await service.deliver([refund('o3', 1)]);
      expect((await service.commissions(tenant)).find((row) => row.subject_key === 'o3')?.held).toBe(500);
    });
  });

  describe('a lead that is closed anew for another customer', () => {
    const [before, after] = [newId('Customer'), newId('Customer')];
    const won = (key: string, day: string, customerId: Id<'Customer'>, revision = 1) =>
      otherDecided(
        tenant,
        partner,
        { kind: 'lead', key, amount: 10_000, currency: 'EUR' },
        `2026-05-${day}T10:00:00Z`,
        { customerId, revision },
      );

    it("frees the one's cap and uses up the other's, and their leads go on being judged", async () => {
      const lead = { trigger: 'lead_won', reward: percent(1000), customerCap: { count: 1 } };
      await service.offer(tenant, { ...lead, duration: { kind: 'unlimited' } });
      await service.deliver([won('l1', '01', before)], [won('l2', '02', before)], [won('l4', '04', after)]);
      expect(await earned()).toEqual({ l1: 1000, l4: 1000 });
      await service.deliver([won('l1', '03', after, 2)]);
      expect(await earned()).toEqual({ l1: 1000, l2: 1000, l4: 0 });
      await service.deliver([won('l1', '05', before, 3)]);
      expect(await earned()).toEqual({ l1: 0, l2: 1000, l4: 1000 });
    });
  });
});
