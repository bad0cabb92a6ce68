import { moneyText } from '#kernel';
import { type Condition, condition, noted } from './condition.js';
import type { OfferRule, OfferTrigger, TieredReward } from './offer-rule.js';
import { periodOf } from './period.js';
import type { Situation } from './situation.js';
import { type SubjectFacts, worthOf } from './subject.js';

/** What a trigger's subjects are called, one and many. */
export const NOUNS: Readonly<Record<OfferTrigger, readonly [string, string]>> = {
  signup: ['signup', 'signups'],
  sale: ['order', 'orders'],
  lead_won: ['lead', 'leads'],
  deal_won: ['deal', 'deals'],
  action: ['action', 'actions'],
};

/** Says which step of the tiers applies and what went before; a volume cannot add up two currencies. */
export function tierCondition(
  { reward, trigger }: OfferRule,
  subject: SubjectFacts,
  { standing, timeZone }: Situation,
): Condition | null {
  if (reward.kind !== 'tiers') return null;
  const { text: period } = periodOf(reward.period, subject.occurredAt, timeZone);
  const counted = standing.tierBefore === 0n ? '' : ', whatever became of them';
  const before = `${tierText(reward, standing.tierBefore, trigger)} before it in ${period}${counted}`;
  const step = reward.steps.findLast(({ after }) => after <= standing.tierBefore);
  const required = `the step after ${tierText(reward, step?.after ?? 0n, trigger)}`;
  const worth = worthOf(subject);
  if (reward.currency === null || worth?.currency === reward.currency) {
    return noted('TIER', required, before);
  }
  const inCurrency = `an amount in ${reward.currency}`;
  const actual = worth ? moneyText(worth.amount, worth.currency) : 'no amount';
  return condition('TIER', inCurrency, actual, false, `it had ${inCurrency}`);
}

/** `10 orders`, or `1,000.00 EUR of orders`. */
export function tierText({ currency }: TieredReward, measured: bigint, trigger: OfferTrigger): string {
  const [one, many] = NOUNS[trigger];
  if (currency !== null) return `${moneyText(measured, currency)} of ${many}`;
  return `${measured} ${measured === 1n ? one : many}`;
}

/** What a subject adds to the tiers' counter once it qualifies. */
export function tierWeight({ measure }: TieredReward, subject: SubjectFacts): bigint {
  return measure === 'count' ? 1n : (worthOf(subject)?.amount ?? 0n);
}
