import type { Currency } from '#kernel';
import { holdEnd } from './calendar.js';
import type { Condition } from './condition.js';
import { conditionsOf } from './conditions.js';
import { rounded, times } from './exact.js';
import { limited } from './limits.js';
import type { OfferRule, ReviewMode } from './offer-rule.js';
import { currencyOfReward, earnedPart, fullReward, remainingPart, chosenReward } from './reward.js';
import { type Situation, withOverride } from './situation.js';
import type { SubjectFacts } from './subject.js';

export const EVALUATION_OUTCOMES = [
  'not_qualified',
  'waiting_fulfilment',
  'in_review',
  'earned',
  'declined',
  'deleted',
  'withdrawn',
] as const;
/**
 * What an evaluation says. `withdrawn` takes back an earlier yes because the subject is no longer this
 * partnership's (or no longer of this offer or currency).
 */
export type EvaluationOutcome = (typeof EVALUATION_OUTCOMES)[number];

/** What one offer version makes of one subject, by all facts known. */
export interface Evaluation {
  readonly outcome: EvaluationOutcome;
  readonly conditions: readonly Condition[];
  readonly currency: Currency;
  /**
   * What it would pay had nothing been refunded and everything been fulfilled; 0 when it does not qualify.
   * By this offers compare, and caps, budgets and tiers count: a later refund moves no other commission.
   */
  readonly promised: bigint;
  /** What it pays for what is left after refunds, earned yet or not; 0 when it does not qualify. */
  readonly amount: bigint;
  /** What the ledger must show now: the part of `amount` that is earned. */
  readonly target: bigint;
  /** When the hold ends; null until earned. */
  readonly heldUntil: Date | null;
  readonly review: ReviewMode;
}

/**
 * Judges a subject by an offer version. Reads no clock and nothing but its arguments: the same facts give
 * the same answer years later.
 */
export function evaluate(offered: OfferRule, subject: SubjectFacts, situation: Situation): Evaluation {
  const rule = withOverride(offered, situation.override);
  const conditions = conditionsOf(rule, subject, situation);
  const reward = chosenReward(rule.reward, situation.standing.tierBefore);
  const currency = currencyOfReward(reward, subject);
  if (!conditions.every((condition) => condition.passed)) return notQualified(conditions, currency);

  const promised = limited(fullReward(reward, rule, subject), rule, situation);
  const remaining = times(promised, remainingPart(subject));
  const qualified = {
    conditions,
    currency,
    promised: rounded(promised),
    amount: rounded(remaining),
    review: rule.review,
  };
  const earnedAt = earnedAtOf(subject);
  if (!earnedAt) return { ...qualified, outcome: 'waiting_fulfilment', target: 0n, heldUntil: null };
  return {
    ...qualified,
    outcome: 'earned',
    target: rounded(times(remaining, earnedPart(reward, rule, subject))),
    heldUntil: holdEnd(earnedAt, rule.holdDays, situation.timeZone),
  };
}

export function notQualified(conditions: readonly Condition[], currency: Currency): Evaluation {
  return { ...NOTHING, outcome: 'not_qualified', conditions, currency };
}

/** When a subject that qualifies is earned, by the fulfilment policy frozen on it; null while it waits. */
function earnedAtOf(subject: SubjectFacts): Date | null {
  if (subject.kind !== 'order') return subject.occurredAt;
  switch (subject.fulfilmentPolicy) {
    case 'none':
      return subject.occurredAt;
    case 'first':
    case 'lines':
      return subject.fulfilledAt;
    case 'complete':
      return subject.completedAt;
  }
}

/** Takes an earlier yes back: the subject is another partnership's now, or its facts were corrected. */
export function withdrawn(currency: Currency, why: 'credited elsewhere' | 'corrected'): Evaluation {
  const credited: Condition = {
    code: 'CREDITED',
    required: 'credited to this partnership, with these facts',
    actual: why,
    passed: false,
    wouldPassIf: null,
  };
  return { ...NOTHING, outcome: 'withdrawn', conditions: [credited], currency };
}

const NOTHING = { promised: 0n, amount: 0n, target: 0n, heldUntil: null, review: 'automatic' } as const;
