import { type Currency, NO_CURRENCY } from '#kernel';
import { type Exact, exactly, partOf, WHOLE } from './exact.js';
import type { FlatReward, LineReward, OfferRule, PercentReward, Reward, RewardBase } from './offer-rule.js';
import { fulfilledPart, linesIn, totalOf, weightedBy } from './order-lines.js';
import { type OrderFacts, type SubjectFacts, worthOf } from './subject.js';

/** A reward without its tiers: one step was chosen. */
export type ChosenReward = PercentReward | FlatReward | LineReward;

/** The reward that applies once `before` went before in the tiers' period. */
export function chosenReward(reward: Reward, before: bigint): ChosenReward {
  if (reward.kind !== 'tiers') return reward;
  const step = reward.steps.findLast(({ after }) => after <= before) ?? reward.steps[0];
  if (!step) throw new TypeError('tiers have at least one step');
  return step.reward;
}

/** The currency that a reward is paid in: its own, or the subject's. */
export function currencyOfReward(reward: ChosenReward, subject: SubjectFacts): Currency {
  return reward.kind === 'flat' ? reward.currency : (worthOf(subject)?.currency ?? NO_CURRENCY);
}

/** What a reward comes to before limits and refunds, everything fulfilled; not yet rounded. */
export function fullReward(reward: ChosenReward, rule: OfferRule, subject: SubjectFacts): Exact {
  switch (reward.kind) {
    case 'flat':
      return exactly(reward.amount);
    case 'percent':
      return {
        numerator: baseOf(reward.base, rule, subject) * BigInt(reward.basisPoints),
        denominator: 10_000n,
      };
    case 'lines':
      return {
        numerator: subject.kind === 'order' ? weightedBy(reward, subject.lines) : 0n,
        denominator: 10_000n,
      };
  }
}

/** Which part of the full reward is earned so far. */
export function earnedPart(reward: ChosenReward, { products }: OfferRule, subject: SubjectFacts): Exact {
  if (subject.kind !== 'order') return WHOLE;
  return reward.kind === 'lines'
    ? fulfilledPart(subject, subject.lines, (lines) => weightedBy(reward, lines))
    : fulfilledPart(subject, linesIn(subject, products), totalOf);
}

/** Which part refunds left; all of it where nothing was paid. */
export function remainingPart(subject: SubjectFacts): Exact {
  return subject.kind === 'order' ? partOf(subject.amount - subject.refunded, subject.amount) : WHOLE;
}

function baseOf(base: RewardBase, { products }: OfferRule, subject: SubjectFacts): bigint {
  if (subject.kind !== 'order') return worthOf(subject)?.amount ?? 0n;
  return products ? totalOf(linesIn(subject, products)) : partOfOrder(base, subject);
}

function partOfOrder(base: RewardBase, { amount, tax, shipping }: OrderFacts): bigint {
  switch (base) {
    case 'gross':
      return amount;
    case 'net_of_tax':
      return atLeastZero(amount - tax);
    case 'net_of_tax_and_shipping':
      return atLeastZero(amount - tax - shipping);
  }
}

const atLeastZero = (amount: bigint) => (amount > 0n ? amount : 0n);
