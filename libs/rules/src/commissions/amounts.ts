import { type Currency, type Money, proportion } from '#kernel';
import type { OfferRule, RewardBase } from './offer-rule.js';
import type { OrderFacts, SubjectFacts } from './subject.js';

/**
 * What a rule pays for a subject that qualifies, after its refunds: round(rate × remaining base), flat in
 * the same proportion, rounded once. A full refund leaves exactly 0.
 */
export function rewardFor(rule: OfferRule, subject: SubjectFacts): Money {
  const { reward } = rule;
  if (subject.kind === 'signup') {
    return reward.kind === 'flat' ? reward : { amount: 0n, currency: NO_CURRENCY };
  }
  const remaining = subject.amount - subject.refunded;
  if (reward.kind === 'flat') {
    const amount =
      subject.amount === 0n ? reward.amount : proportion(reward.amount, remaining, subject.amount);
    return { amount, currency: reward.currency };
  }
  const base = baseOf(subject, reward.base);
  const amount =
    subject.amount === 0n
      ? 0n
      : proportion(base * remaining, BigInt(reward.basisPoints), 10_000n * subject.amount);
  return { amount, currency: subject.currency };
}

/** ISO 4217 "no currency": a percentage of something that has no amount. */
const NO_CURRENCY = 'XXX' as Currency;

function baseOf(order: OrderFacts, base: RewardBase): bigint {
  switch (base) {
    case 'gross':
      return order.amount;
    case 'net_of_tax':
      return atLeastZero(order.amount - order.tax);
    case 'net_of_tax_and_shipping':
      return atLeastZero(order.amount - order.tax - order.shipping);
  }
}

const atLeastZero = (amount: bigint) => (amount > 0n ? amount : 0n);
