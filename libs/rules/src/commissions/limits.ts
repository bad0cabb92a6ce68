import { type Currency, type Money, moneyText, NO_CURRENCY } from '#kernel';
import { type Condition, condition } from './condition.js';
import { type Exact, exactly, rounded } from './exact.js';
import type { Budget, OfferRule } from './offer-rule.js';
import { periodOf } from './period.js';
import { chosenReward, currencyOfReward } from './reward.js';
import type { Situation } from './situation.js';
import type { SubjectFacts } from './subject.js';
import { NOUNS } from './tiers.js';

/** Why a limit is reached by what was refunded: what it counted moves nobody else's commission (ADR 16). */
const WHATEVER_BECAME = 'those before it counted whatever became of them';
const NOTHING_BACK = 'refunds give nothing of it back';

/** A full reward inside the offer's limits; exact as long as no limit changes it. */
export function limited(full: Exact, rule: OfferRule, { used, standing }: Situation): Exact {
  const unlimited = rounded(full);
  let amount = unlimited;
  const { minimumCommission: least, maximumCommission: most, customerCap } = rule;
  if (least && amount < least.amount) amount = least.amount;
  if (most && amount > most.amount) amount = most.amount;
  amount = smallest(amount, leftOf(customerCap?.amount, used.amount));
  amount = smallest(amount, leftOf(rule.partnerBudget, standing.partnerSpent));
  amount = smallest(amount, leftOf(rule.programBudget, standing.programSpent));
  if (rule.partnerBudget ?? rule.programBudget) amount = smallest(amount, standing.granted);
  return amount === unlimited ? full : exactly(amount);
}

/** What is left of the customer's cap and of the budgets; a limit that has nothing left refuses. */
export function limitConditions(
  rule: OfferRule,
  subject: SubjectFacts,
  { used, standing, timeZone }: Situation,
): (Condition | null)[] {
  const inPeriod = ({ period }: Budget) =>
    period === 'all_time' ? '' : ` in ${periodOf(period, subject.occurredAt, timeZone).text}`;
  const { customerCap, partnerBudget, programBudget } = rule;
  return [
    currencyCondition(rule, subject, standing.tierBefore),
    customerCap && countCondition(rule, customerCap.count, used.count),
    customerCap?.amount
      ? spentCondition('CUSTOMER_AMOUNT', 'for one customer', customerCap.amount, used.amount)
      : null,
    partnerBudget &&
      spentCondition(
        'PARTNER_BUDGET',
        `for you${inPeriod(partnerBudget)}`,
        partnerBudget,
        standing.partnerSpent,
      ),
    programBudget && programCondition(programBudget, inPeriod(programBudget), standing.programSpent),
  ];
}

/** Limits are in one currency; another is refused, never converted. */
function currencyCondition(rule: OfferRule, subject: SubjectFacts, tierBefore: bigint): Condition | null {
  const required = limitCurrency(rule);
  const found = currencyOfReward(chosenReward(rule.reward, tierBefore), subject);
  if (required === null || found === NO_CURRENCY) return null;
  return condition('CURRENCY', `in ${required}`, `in ${found}`, found === required, `it were in ${required}`);
}

/** The currency of a rule's limits; null when it has none. */
export function limitCurrency(rule: OfferRule): Currency | null {
  const limits = [
    rule.minimumCommission,
    rule.maximumCommission,
    rule.customerCap?.amount,
    rule.partnerBudget,
    rule.programBudget,
  ];
  return limits.find((limit) => limit)?.currency ?? null;
}

function countCondition({ trigger }: OfferRule, count: number | null, before: number): Condition | null {
  if (count === null) return null;
  const [one, many] = NOUNS[trigger];
  const required = `among the first ${count === 1 ? one : `${count} ${many}`} of the customer`;
  const actual = before === 0 ? 'number 1' : `number ${before + 1}, ${WHATEVER_BECAME}`;
  return condition('CUSTOMER_COUNT', required, actual, before < count, `it had been ${required}`);
}

function spentCondition(
  code: 'CUSTOMER_AMOUNT' | 'PARTNER_BUDGET',
  whose: string,
  limit: Money,
  spent: bigint,
): Condition {
  const most = `at most ${moneyText(limit.amount, limit.currency)} ${whose}`;
  const actual = `${moneyText(spent, limit.currency)} before it${spent === 0n ? '' : `, ${NOTHING_BACK}`}`;
  return condition(code, most, actual, spent < limit.amount, 'less had been earned before it');
}

/** Tells no partner what the others earned. */
function programCondition(budget: Budget, inPeriod: string, spent: bigint): Condition {
  const most = `at most ${moneyText(budget.amount, budget.currency)} for all partners${inPeriod}`;
  const passed = spent < budget.amount;
  return condition(
    'PROGRAM_BUDGET',
    most,
    passed ? 'not used up' : `used up, ${NOTHING_BACK}`,
    passed,
    'it had come earlier',
  );
}

/** Null for no limit. */
function leftOf(limit: Money | null | undefined, spent: bigint): bigint | null {
  if (!limit) return null;
  return spent < limit.amount ? limit.amount - spent : 0n;
}

const smallest = (amount: bigint, limit: bigint | null): bigint =>
  limit !== null && limit < amount ? limit : amount;
