import { moneyText } from '#kernel';
import { dayText, monthsAfter } from './calendar.js';
import type { Duration, OfferRule } from './offer-rule.js';
import type { CustomerFacts, SubjectFacts } from './subject.js';

export const CONDITION_CODES = ['TRIGGER', 'DURATION', 'MINIMUM_ORDER', 'CREDITED'] as const;
/** Which part of an offer a condition checks; `CREDITED`: that the subject is (still) the partner's. */
export type ConditionCode = (typeof CONDITION_CODES)[number];

/** One requirement of an offer against what was found. Texts name no person. */
export interface Condition {
  readonly code: ConditionCode;
  readonly required: string;
  readonly actual: string;
  readonly passed: boolean;
  /** What would have made it pass; null when it did. */
  readonly wouldPassIf: string | null;
}

/** Everything a rule demands of a subject, each with what was found. Another trigger ends the list. */
export function conditionsOf(
  rule: OfferRule,
  subject: SubjectFacts,
  customer: CustomerFacts,
  timeZone: string,
): Condition[] {
  const trigger = triggerCondition(rule, subject);
  if (!trigger.passed) return [trigger];
  const conditions = [trigger];
  if (rule.duration.kind === 'months') {
    conditions.push(durationCondition(rule.duration, subject, customer, timeZone));
  }
  if (rule.minimumOrder && subject.kind === 'order') {
    conditions.push(minimumCondition(rule.minimumOrder, subject));
  }
  return conditions;
}

const TRIGGER_TEXT = { signup: 'a signup', sale: 'a sale' } as const;

function triggerCondition(rule: OfferRule, subject: SubjectFacts): Condition {
  const found = subject.kind === 'signup' ? 'signup' : 'sale';
  const required = TRIGGER_TEXT[rule.trigger];
  return condition('TRIGGER', required, TRIGGER_TEXT[found], found === rule.trigger, `it were ${required}`);
}

function durationCondition(
  { months, anchor }: Extract<Duration, { kind: 'months' }>,
  subject: SubjectFacts,
  customer: CustomerFacts,
  timeZone: string,
): Condition {
  const from = anchor === 'signup' ? signupOf(subject, customer) : firstPaymentOf(subject, customer);
  const anchorText = anchor === 'signup' ? 'signup' : 'first payment';
  if (!from) {
    const required = `within ${months} months of the customer's ${anchorText}`;
    return condition('DURATION', required, `${anchorText} not known`, false, `the ${anchorText} were known`);
  }
  const end = monthsAfter(from, months, timeZone);
  const endText = dayText(end, timeZone);
  return condition(
    'DURATION',
    `within ${months} months of the customer's ${anchorText} on ${dayText(from, timeZone)}: before ${endText}`,
    dayText(subject.occurredAt, timeZone),
    subject.occurredAt < end,
    `it had happened before ${end.toISOString()}`,
  );
}

function signupOf(subject: SubjectFacts, { signedUpAt }: CustomerFacts): Date | null {
  return subject.kind === 'signup' ? earliest(signedUpAt, subject.occurredAt) : signedUpAt;
}

function firstPaymentOf(subject: SubjectFacts, { firstPaidAt }: CustomerFacts): Date | null {
  return subject.kind === 'order' ? earliest(firstPaidAt, subject.occurredAt) : firstPaidAt;
}

const earliest = (known: Date | null, own: Date): Date => (known && known < own ? known : own);

/** Judged by the order as it was placed: a refund lowers the commission, it does not unmake the sale. */
function minimumCondition(
  minimum: NonNullable<OfferRule['minimumOrder']>,
  order: Extract<SubjectFacts, { kind: 'order' }>,
): Condition {
  const required = `an order of at least ${moneyText(minimum.amount, minimum.currency)}`;
  const passed = order.currency === minimum.currency && order.amount >= minimum.amount;
  const actual = moneyText(order.amount, order.currency);
  return condition('MINIMUM_ORDER', required, actual, passed, `it had been ${required}`);
}

function condition(
  code: ConditionCode,
  required: string,
  actual: string,
  passed: boolean,
  wouldPassIf: string,
): Condition {
  return { code, required, actual, passed, wouldPassIf: passed ? null : wouldPassIf };
}

/** What would have made all conditions pass, as one sentence; null when they did or nothing could. */
export function wouldQualifyIf(conditions: readonly Condition[]): string | null {
  const missing = conditions.map(({ wouldPassIf }) => wouldPassIf).filter((text) => text !== null);
  return missing.length === 0 ? null : `It would have qualified if ${missing.join(', and ')}.`;
}
