import fc from 'fast-check';
import { InvalidInput } from '#kernel';
import { type OfferRule } from '../src/commissions/offer-rule.js';
import { parseOfferRule } from '../src/commissions/parse-offer-rule.js';
import { PERIODS } from '../src/commissions/period.js';

/** Keys of products, categories and actions; some look like the sentences they stand in. */
export const PRODUCTS = ['desk', 'a "b" and c', 'x; 5% for y'] as const;

const eur = (max: number) => fc.record({ amount: fc.integer({ min: 1, max }), currency: fc.constant('EUR') });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 1 });
const keys = fc.uniqueArray(fc.constantFrom(...PRODUCTS), { maxLength: 3 });
const products = fc.record({ products: keys, categories: keys });

const plain = fc.oneof(
  fc.record({
    kind: fc.constant('percent'),
    basisPoints: fc.integer({ min: 1, max: 10_000 }),
    base: fc.constantFrom('gross', 'net_of_tax', 'net_of_tax_and_shipping'),
  }),
  eur(5_000).map((money) => ({ kind: 'flat', ...money })),
);

const tiers = fc
  .record({
    measure: fc.constantFrom('count', 'volume'),
    period: fc.constantFrom(...PERIODS),
    first: plain,
    later: fc.array(
      fc.record({ more: fc.integer({ min: 1, max: 25 }), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  })
  .map(({ measure, period, first, later }) => {
    const steps = [{ after: 0, reward: first }];
    for (const { more, basisPoints } of later) {
      const after = (steps.at(-1)?.after ?? 0) + more;
      const reward = first.kind === 'flat' ? { ...first, amount: basisPoints } : { ...first, basisPoints };
      steps.push({ after, reward });
    }
    return { kind: 'tiers', measure, period, currency: measure === 'volume' ? 'EUR' : null, steps };
  });

const lineReward = fc.record({
  kind: fc.constant('lines'),
  rates: fc.array(
    fc.record({ products: keys, categories: keys, basisPoints: fc.integer({ min: 0, max: 10_000 }) }),
    {
      minLength: 1,
      maxLength: 2,
    },
  ),
  otherBasisPoints: fc.integer({ min: 0, max: 10_000 }),
});

const budget = eur(6_000).chain((money) =>
  fc.constantFrom(...PERIODS).map((period) => ({ ...money, period })),
);

const sendable = fc.record({
  trigger: fc.constantFrom('sale', 'sale', 'sale', 'signup', 'lead_won', 'deal_won', 'action'),
  action: fc.constantFrom(null, ...PRODUCTS),
  reward: fc.oneof(plain, tiers, lineReward),
  duration: fc.oneof(
    fc.constant({ kind: 'unlimited' }),
    fc.record({
      kind: fc.constant('months'),
      months: fc.constantFrom(1, 2, 12),
      anchor: fc.constantFrom('first_payment', 'signup'),
    }),
  ),
  minimumOrder: optional(eur(20_000)),
  products: optional(products),
  minimumCommission: optional(eur(500)),
  maximumCommission: optional(eur(5_000)),
  customerCap: optional(
    fc.record({ count: optional(fc.integer({ min: 1, max: 4 })), amount: optional(eur(6_000)) }),
  ),
  partnerBudget: optional(budget),
  programBudget: optional(budget),
  endsAt: optional(fc.constant('2026-05-12T10:00:00.000Z')),
  holdDays: fc.integer({ min: 0, max: 365 }),
  review: fc.constantFrom('automatic', 'manual'),
});

/** Any rule that a company could publish: drawn as it would be sent, without the fields that are refused. */
export const anyRule: fc.Arbitrary<OfferRule> = sendable
  .map((drawn) => ruleOf(drawn))
  .filter((rule) => rule !== null);

/** Leaves out what is refused, one field after the other; null when nothing helps. */
function ruleOf(drawn: Record<string, unknown>): OfferRule | null {
  let json = drawn;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    try {
      return parseOfferRule(json);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const refused = new Set(error.errors.map(({ field }) => field.split(/[.[]/)[1] ?? ''));
      if (refused.has('trigger')) return null;
      const isReward = refused.has('reward');
      json = Object.fromEntries(
        Object.entries(json).filter(([name]) => name === 'reward' || !refused.has(name)),
      );
      if (isReward) json['reward'] = { kind: 'flat', amount: 700, currency: 'EUR' };
      if (refused.has('action') && json['trigger'] === 'action') json['action'] = PRODUCTS[0];
    }
  }
  return null;
}
