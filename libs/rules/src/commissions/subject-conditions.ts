import type { SubjectKind } from '#contracts';
import { moneyText } from '#kernel';
import { type Condition, condition } from './condition.js';
import type { OfferRule, OfferTrigger } from './offer-rule.js';
import { linesIn } from './order-lines.js';
import { chosenReward } from './reward.js';
import { type SubjectFacts, worthOf } from './subject.js';

const TRIGGER_TEXT: Readonly<Record<OfferTrigger, string>> = {
  signup: 'a signup',
  sale: 'a sale',
  lead_won: 'a lead that was won',
  deal_won: 'a deal that was won',
  action: 'an action',
};

const TRIGGER_OF: Readonly<Record<SubjectKind, OfferTrigger>> = {
  signup: 'signup',
  order: 'sale',
  lead: 'lead_won',
  deal: 'deal_won',
  action: 'action',
};

export function triggerCondition({ trigger, action }: OfferRule, subject: SubjectFacts): Condition {
  const found = {
    trigger: TRIGGER_OF[subject.kind],
    action: subject.kind === 'action' ? subject.action : null,
  };
  const required = textOf(trigger, action);
  const actual = textOf(found.trigger, found.action);
  const passed = found.trigger === trigger && found.action === action;
  return condition('TRIGGER', required, actual, passed, `it were ${required}`);
}

const textOf = (trigger: OfferTrigger, action: string | null): string =>
  action === null ? TRIGGER_TEXT[trigger] : `the action ${JSON.stringify(action)}`;

export function endCondition({ endsAt }: OfferRule, { occurredAt }: SubjectFacts): Condition | null {
  if (!endsAt) return null;
  const required = `before the offer ended at ${endsAt.toISOString()}`;
  const actual = occurredAt.toISOString();
  return condition('OFFER_END', required, actual, occurredAt < endsAt, `it had happened ${required}`);
}

/** Judged by the order as it was placed: a refund lowers the commission, it does not unmake the sale. */
export function minimumCondition({ minimumOrder }: OfferRule, subject: SubjectFacts): Condition | null {
  if (!minimumOrder || subject.kind !== 'order') return null;
  const required = `an order of at least ${moneyText(minimumOrder.amount, minimumOrder.currency)}`;
  const passed = subject.currency === minimumOrder.currency && subject.amount >= minimumOrder.amount;
  const actual = moneyText(subject.amount, subject.currency);
  return condition('MINIMUM_ORDER', required, actual, passed, `it had been ${required}`);
}

export function productsCondition({ products, reward }: OfferRule, subject: SubjectFacts): Condition | null {
  if (subject.kind !== 'order' || (!products && reward.kind !== 'lines')) return null;
  if (subject.lines.length === 0) {
    const required = 'an order whose lines are known';
    return condition('PRODUCTS', required, 'no lines', false, 'its lines had been sent with it');
  }
  if (!products) return null;
  const count = linesIn(subject, products).length;
  return condition(
    'PRODUCTS',
    'an order of products that the offer names',
    count === 0 ? 'none of them' : `${count} of ${subject.lines.length} lines`,
    count > 0,
    'it had contained one of the products that the offer names',
  );
}

/** A percentage needs an amount to be taken of; the company may close a lead or deal without one. */
export function amountCondition({ reward }: OfferRule, subject: SubjectFacts): Condition | null {
  if (subject.kind === 'order' || chosenReward(reward, 0n).kind === 'flat') return null;
  const worth = worthOf(subject);
  return condition(
    'AMOUNT_KNOWN',
    'an amount to take a percentage of',
    worth ? moneyText(worth.amount, worth.currency) : 'no amount',
    worth !== null,
    'the company had said what it is worth',
  );
}
