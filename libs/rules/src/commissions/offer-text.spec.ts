import fc from 'fast-check';
import { EUR, line, order, situation, USD } from '../../test/commission-facts.js';
import { anyRule, PRODUCTS } from '../../test/any-rule.js';
import { readOfferText } from '../../test/read-offer-text.js';
import { describeOffer } from './describe-offer.js';
import { evaluate } from './evaluate.js';
import type { OfferRule } from './offer-rule.js';
import type { Situation } from './situation.js';
import type { SubjectFacts } from './subject.js';

const MAY = new Date('2026-05-12T10:00:00Z');
const HOUR = 3_600_000;

const lines = fc.array(
  fc.record({
    amount: fc.bigInt({ min: 1n, max: 20_000n }),
    productKey: fc.constantFrom(...PRODUCTS, null),
    categoryKey: fc.constantFrom(...PRODUCTS, null),
  }),
  { maxLength: 4 },
);

const anyOrder: fc.Arbitrary<SubjectFacts> = fc
  .record({
    lines,
    tax: fc.bigInt(0n, 5_000n),
    shipping: fc.bigInt(0n, 900n),
    refund: fc.nat(100),
    hour: fc.integer({ min: -2, max: 2 }),
    currency: fc.constantFrom(EUR, EUR, EUR, USD),
  })
  .map((drawn) => {
    const net = drawn.lines.reduce((sum, { amount }) => sum + amount, 0n);
    const amount = net + drawn.tax + drawn.shipping;
    return order({
      occurredAt: new Date(MAY.getTime() + drawn.hour * HOUR),
      amount,
      tax: drawn.tax,
      shipping: drawn.shipping,
      currency: drawn.currency,
      lines: drawn.lines.map(({ amount: price, ...keys }, index) => line(String(index), price, keys)),
      refunded: (amount * BigInt(drawn.refund)) / 100n,
    });
  });

const anyOther: fc.Arbitrary<SubjectFacts> = fc.oneof(
  fc.constant({ kind: 'signup' as const, occurredAt: MAY }),
  fc.record({
    kind: fc.constantFrom('lead' as const, 'deal' as const),
    occurredAt: fc.constant(MAY),
    worth: fc.option(
      fc.record({ amount: fc.bigInt(0n, 900_000n), currency: fc.constantFrom(EUR, EUR, USD) }),
    ),
  }),
  fc.record({
    kind: fc.constant('action' as const),
    occurredAt: fc.constant(MAY),
    action: fc.constantFrom(...PRODUCTS),
  }),
);

const anySituation: fc.Arbitrary<Situation> = fc
  .record({
    used: fc.record({ count: fc.nat(4), amount: fc.bigInt(0n, 6_000n) }),
    standing: fc.record({
      tierBefore: fc.bigInt(0n, 60n),
      partnerSpent: fc.bigInt(0n, 6_000n),
      programSpent: fc.bigInt(0n, 6_000n),
      granted: fc.constant(null),
    }),
    firstPaid: fc.option(fc.integer({ min: -40, max: 40 })),
  })
  .map(({ used, standing, firstPaid }) =>
    situation({
      used,
      standing,
      // A whole number of days around a month before, so that both sides of a duration are drawn.
      customer: {
        signedUpAt: firstPaid === null ? null : new Date(MAY.getTime() - (31 * 24 + firstPaid) * HOUR),
        firstPaidAt: firstPaid === null ? null : new Date(MAY.getTime() - (31 * 24 + firstPaid) * HOUR),
      },
    }),
  );

/** What a reader of the text would expect to be paid, before any fulfilment is looked at. */
const promisedBy = (rule: OfferRule, subject: SubjectFacts, of: Situation) =>
  readOfferText(describeOffer(rule)).pays(subject, of);

describe('B-34 the text of an offer', () => {
  it('says what the engine pays: a reader of the text alone comes to the same amount', () => {
    fc.assert(
      fc.property(anyRule, fc.oneof(anyOrder, anyOther), anySituation, (rule, subject, of) => {
        expect(promisedBy(rule, subject, of)).toBe(evaluate(rule, subject, of).amount);
      }),
      { numRuns: 600 },
    );
  });

  it('says how long it is held and whether it is reviewed', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        const { holdDays, review } = readOfferText(describeOffer(rule));
        expect({ holdDays, review }).toEqual({ holdDays: rule.holdDays, review: rule.review });
      }),
    );
  });

  it('leaves no sentence unread', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        expect(readOfferText(describeOffer(rule)).unread).toBe('');
      }),
    );
  });
});
