import type { Currency, Money } from '#kernel';

/** What an offer pays for. */
export const OFFER_TRIGGERS = ['signup', 'sale'] as const;
export type OfferTrigger = (typeof OFFER_TRIGGERS)[number];

/** Which part of what the customer paid a percentage is taken of. */
export const REWARD_BASES = ['gross', 'net_of_tax', 'net_of_tax_and_shipping'] as const;
export type RewardBase = (typeof REWARD_BASES)[number];

/** From when an offer's months are counted. */
export const DURATION_ANCHORS = ['first_payment', 'signup'] as const;
export type DurationAnchor = (typeof DURATION_ANCHORS)[number];

export type Reward =
  | { readonly kind: 'percent'; readonly basisPoints: number; readonly base: RewardBase }
  | { readonly kind: 'flat'; readonly amount: bigint; readonly currency: Currency };

/** How long a customer's sales earn: half-open calendar months from the anchor, or for ever. */
export type Duration =
  | { readonly kind: 'months'; readonly months: number; readonly anchor: DurationAnchor }
  | { readonly kind: 'unlimited' };

/** One immutable version of what an offer pays, for what, and under which conditions. */
export interface OfferRule {
  readonly trigger: OfferTrigger;
  readonly reward: Reward;
  readonly duration: Duration;
  /** The least a customer must pay in one order, before any refund; null for no minimum. */
  readonly minimumOrder: Money | null;
  /** Calendar days from fulfilment (else payment) until the amount is payable. */
  readonly holdDays: number;
}

/** A version of an offer and since when it is in force. */
export interface OfferVersion {
  readonly version: number;
  readonly effectiveFrom: Date;
  readonly rule: OfferRule;
}

/** The version in force at a time: the newest that had taken effect, or null before the first. */
export function versionInForce<V extends OfferVersion>(versions: readonly V[], at: Date): V | null {
  let inForce: V | null = null;
  for (const version of versions) {
    if (version.effectiveFrom > at) continue;
    if (!inForce || version.effectiveFrom > inForce.effectiveFrom) inForce = version;
  }
  return inForce;
}
