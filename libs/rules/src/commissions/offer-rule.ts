import type { Currency, Effective, Id, Money } from '#kernel';
import type { Period } from './period.js';

/** What an offer pays for. */
export const OFFER_TRIGGERS = ['signup', 'sale', 'lead_won', 'deal_won', 'action'] as const;
export type OfferTrigger = (typeof OFFER_TRIGGERS)[number];

/** Which part of what the customer paid a percentage is taken of. */
export const REWARD_BASES = ['gross', 'net_of_tax', 'net_of_tax_and_shipping'] as const;
export type RewardBase = (typeof REWARD_BASES)[number];

/** From when an offer's months are counted. */
export const DURATION_ANCHORS = ['first_payment', 'signup'] as const;
export type DurationAnchor = (typeof DURATION_ANCHORS)[number];

export interface PercentReward {
  readonly kind: 'percent';
  readonly basisPoints: number;
  readonly base: RewardBase;
}

export interface FlatReward {
  readonly kind: 'flat';
  readonly amount: bigint;
  readonly currency: Currency;
}

export const TIER_MEASURES = ['count', 'volume'] as const;
export type TierMeasure = (typeof TIER_MEASURES)[number];

/** What is paid once so many subjects, or so much volume in minor units, went before in the period. */
export interface TierStep {
  readonly after: bigint;
  readonly reward: PercentReward | FlatReward;
}

/**
 * The more a partner brought in a calendar period, the more the next one pays. What went before counts in
 * the order it was recorded, whatever becomes of it later.
 */
export interface TieredReward {
  readonly kind: 'tiers';
  readonly measure: TierMeasure;
  readonly period: Period;
  /** What volume is counted in; null for a count. */
  readonly currency: Currency | null;
  /** Ascending; the first after 0. All of one kind, base and currency. */
  readonly steps: readonly TierStep[];
}

/** Products and categories by the company's own keys. */
export interface ProductSet {
  readonly products: readonly string[];
  readonly categories: readonly string[];
}

export interface LineRate extends ProductSet {
  readonly basisPoints: number;
}

/** A percentage per line of an order; a rate that names the product goes before one that names its category. */
export interface LineReward {
  readonly kind: 'lines';
  readonly rates: readonly LineRate[];
  /** For lines that no rate names. */
  readonly otherBasisPoints: number;
}

export type Reward = PercentReward | FlatReward | TieredReward | LineReward;

/** Whether a reward is an amount of its own, not a part of the subject's. */
export const isFlat = (reward: Reward): boolean =>
  reward.kind === 'tiers'
    ? reward.steps.every((step) => step.reward.kind === 'flat')
    : reward.kind === 'flat';

/** How long a customer's sales earn: half-open calendar months from the anchor, or for ever. */
export type Duration =
  | { readonly kind: 'months'; readonly months: number; readonly anchor: DurationAnchor }
  | { readonly kind: 'unlimited' };

/** What one customer can earn a partner by this offer, in the order of the events' own times. */
export interface CustomerCap {
  readonly count: number | null;
  readonly amount: Money | null;
}

/** What an offer pays at most in a calendar period, in the order it was recorded. */
export interface Budget extends Money {
  readonly period: Period;
}

/** Whom an offer is for. */
export type Audience =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'groups'; readonly groupIds: readonly Id<'Group'>[] }
  | { readonly kind: 'partnerships'; readonly partnershipIds: readonly Id<'Partnership'>[] };

/** Whether a person of the company looks at each commission before it is payable. */
export const REVIEW_MODES = ['automatic', 'manual'] as const;
export type ReviewMode = (typeof REVIEW_MODES)[number];

/** One immutable version of what an offer pays, for what, and under which conditions. */
export interface OfferRule {
  readonly trigger: OfferTrigger;
  /** The name of the action; null for every other trigger. */
  readonly action: string | null;
  readonly reward: Reward;
  readonly duration: Duration;
  /** The least a customer must pay in one order, before any refund; null for no minimum. */
  readonly minimumOrder: Money | null;
  /** Only these count; null for all. */
  readonly products: ProductSet | null;
  /** The least and the most one commission comes to before refunds; null for no limit. */
  readonly minimumCommission: Money | null;
  readonly maximumCommission: Money | null;
  readonly customerCap: CustomerCap | null;
  /** For each partner. */
  readonly partnerBudget: Budget | null;
  /** For all partners of the program together. */
  readonly programBudget: Budget | null;
  readonly audience: Audience;
  /** What happens from then on earns nothing; null for no end. */
  readonly endsAt: Date | null;
  /** Calendar days from fulfilment (else payment) until the amount is payable. */
  readonly holdDays: number;
  readonly review: ReviewMode;
}

/** A version of an offer and since when it is in force. */
export interface OfferVersion extends Effective {
  readonly version: number;
  readonly rule: OfferRule;
}
