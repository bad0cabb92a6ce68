import type { Id } from '#kernel';
import type { OfferRule, Reward } from './offer-rule.js';
import type { CustomerFacts } from './subject.js';

/** What the same customer's earlier subjects took of an offer's customer cap, refunds left aside. */
export interface CustomerUsage {
  readonly count: number;
  readonly amount: bigint;
}

/**
 * How the counters of an offer stood when a subject was first judged. They count in posting order, so this
 * is stored with the evaluation and never computed again.
 */
export interface Standing {
  /** Subjects, or volume, of the partner in the tiers' period. */
  readonly tierBefore: bigint;
  /** What the partner's and all partners' commissions took of the budgets. */
  readonly partnerSpent: bigint;
  readonly programSpent: bigint;
  /**
   * What the subject was granted of the budgets when it took its place; null before. Facts that come later may
   * lower it, never raise it: others stand behind it.
   */
  readonly granted: bigint | null;
}

/** A reward of one partner's own in place of the offer's. */
export interface Override {
  readonly since: Date;
  readonly reward: Reward;
}

/** The rule as it holds for a partner who may have a reward of their own. */
export const withOverride = (rule: OfferRule, override: Override | null): OfferRule =>
  override ? { ...rule, reward: override.reward } : rule;

/** All that an offer is judged by, beside its rule and the subject. */
export interface Situation {
  readonly customer: CustomerFacts;
  /** The program's zone: months, periods and hold days are counted in it. */
  readonly timeZone: string;
  readonly partnershipId: Id<'Partnership'>;
  /** The partner's group when it happened; null when none is known. */
  readonly groupId: Id<'Group'> | null;
  readonly override: Override | null;
  readonly used: CustomerUsage;
  readonly standing: Standing;
}

export const NOTHING_USED: CustomerUsage = { count: 0, amount: 0n };
export const AT_THE_START: Standing = {
  tierBefore: 0n,
  partnerSpent: 0n,
  programSpent: 0n,
  granted: null,
};
