import type { Currency } from '#kernel';
import { rewardFor } from './amounts.js';
import { holdEnd } from './calendar.js';
import { type Condition, conditionsOf } from './conditions.js';
import type { OfferRule } from './offer-rule.js';
import type { CustomerFacts, SubjectFacts } from './subject.js';

export const EVALUATION_OUTCOMES = ['not_qualified', 'waiting_fulfilment', 'earned', 'withdrawn'] as const;
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
  /** What it pays for what is left after refunds, earned yet or not; 0 when it does not qualify. */
  readonly amount: bigint;
  /** What the ledger must show now: `amount` once earned, else 0. */
  readonly target: bigint;
  /** When the hold ends; null until earned. */
  readonly heldUntil: Date | null;
}

/**
 * Judges a subject by an offer version. Reads no clock and nothing but its arguments: the same facts give
 * the same answer years later.
 * @param timeZone the program's zone: months and hold days are counted in it
 */
export function evaluate(
  rule: OfferRule,
  subject: SubjectFacts,
  customer: CustomerFacts,
  timeZone: string,
): Evaluation {
  const conditions = conditionsOf(rule, subject, customer, timeZone);
  const { amount, currency } = rewardFor(rule, subject);
  if (!conditions.every((condition) => condition.passed)) {
    return { outcome: 'not_qualified', conditions, currency, amount: 0n, target: 0n, heldUntil: null };
  }
  const earnedAt = earnedAtOf(subject);
  if (!earnedAt) {
    return { outcome: 'waiting_fulfilment', conditions, currency, amount, target: 0n, heldUntil: null };
  }
  const heldUntil = holdEnd(earnedAt, rule.holdDays, timeZone);
  return { outcome: 'earned', conditions, currency, amount, target: amount, heldUntil };
}

/** When a subject that qualifies is earned, by the fulfilment policy frozen on it; null while it waits. */
function earnedAtOf(subject: SubjectFacts): Date | null {
  if (subject.kind === 'signup' || subject.fulfilmentPolicy === 'none') return subject.occurredAt;
  return subject.fulfilledAt;
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
  return {
    outcome: 'withdrawn',
    conditions: [credited],
    currency,
    amount: 0n,
    target: 0n,
    heldUntil: null,
  };
}
