import { dayText, monthsAfter } from './calendar.js';
import { type Condition, condition } from './condition.js';
import type { OfferRule } from './offer-rule.js';
import type { Situation } from './situation.js';
import type { CustomerFacts, SubjectFacts } from './subject.js';

/** Half-open calendar months from the customer's first payment or signup, in the program's zone. */
export function durationCondition(
  { duration }: OfferRule,
  subject: SubjectFacts,
  { customer, timeZone }: Situation,
): Condition | null {
  if (duration.kind === 'unlimited') return null;
  const { months, anchor } = duration;
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
