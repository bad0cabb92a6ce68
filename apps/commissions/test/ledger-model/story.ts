import fc from 'fast-check';

/** What a sequence is about: three orders of two customers, two partners, two offers. */
export const ORDERS = [0, 1, 2] as const;
export const PARTNERS = [0, 1] as const;
export const OFFERS = [
  { holdDays: 2, review: 'automatic', basisPoints: 2_000 },
  { holdDays: 0, review: 'manual', basisPoints: 500 },
] as const;
/** Orders 0 and 1 are the same customer's. */
export const CUSTOMER_OF = [0, 0, 1] as const;

/** An order as it stays whatever becomes known of it. */
export interface OrderStory {
  /** Day of May on which it was placed, at 10:00 UTC. */
  readonly day: number;
  readonly amount: number;
  readonly policy: 'none' | 'first';
}

export const aStory: fc.Arbitrary<readonly OrderStory[]> = fc.array(
  fc.record({
    day: fc.integer({ min: 1, max: 14 }),
    amount: fc.integer({ min: 9_001, max: 100_000 }),
    policy: fc.constantFrom('none', 'first'),
  }),
  { minLength: ORDERS.length, maxLength: ORDERS.length },
);

/** Something that becomes known of an order. */
export type Fact = { readonly order: number } & (
  | { readonly kind: 'credited'; readonly to: number | null }
  | { readonly kind: 'fulfilled'; readonly daysLater: number }
  | { readonly kind: 'refunded'; readonly key: number; readonly amount: number }
  | { readonly kind: 'refunded_in_all'; readonly total: number }
  | {
      readonly kind: 'charged_back';
      readonly key: number;
      readonly amount: number;
      readonly outcome: 'opened' | 'won' | 'lost';
      readonly daysLater: number;
    }
  | { readonly kind: 'cancelled' }
);

const order = fc.constantFrom(...ORDERS);
/** Mostly a part of the order, so that something is left. */
const amount = fc.integer({ min: 0, max: 12_000 });
const daysLater = fc.integer({ min: 0, max: 5 });

const credited = fc.record({
  order,
  kind: fc.constant('credited' as const),
  to: fc.constantFrom(...PARTNERS, ...PARTNERS, null),
});

export const aFact: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 6, arbitrary: credited },
  { weight: 4, arbitrary: fc.record({ order, kind: fc.constant('fulfilled' as const), daysLater }) },
  {
    weight: 2,
    arbitrary: fc.record({ order, kind: fc.constant('refunded' as const), key: fc.nat(2), amount }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ order, kind: fc.constant('refunded_in_all' as const), total: amount }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      order,
      kind: fc.constant('charged_back' as const),
      key: fc.nat(1),
      amount,
      outcome: fc.constantFrom('opened' as const, 'won' as const, 'lost' as const),
      daysLater,
    }),
  },
  { weight: 1, arbitrary: fc.record({ order, kind: fc.constant('cancelled' as const) }) },
);

/** How facts arrive: in which order, which of them twice, and where a batch ends. */
export interface Arrival {
  readonly weights: readonly number[];
  readonly repeats: readonly boolean[];
  readonly cuts: readonly boolean[];
}

export const MOST_FACTS = 6;
const each = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.array(arbitrary, { minLength: MOST_FACTS, maxLength: MOST_FACTS });

export const anArrival: fc.Arbitrary<Arrival> = fc.record({
  weights: each(fc.nat(1_000)),
  repeats: each(fc.boolean()),
  cuts: each(fc.boolean()),
});

/** Midday UTC of a day of May, counted on beyond its end; offsets are hours. */
export const timeOn = (day: number, hour = 10): Date => new Date(Date.UTC(2026, 4, day, hour));
