import { moneyText } from '#kernel';
import { describeReward, listText } from './describe-reward.js';
import { limitCurrency } from './limits.js';
import { type Budget, type Duration, isFlat, type OfferRule, type OfferTrigger } from './offer-rule.js';
import { PERIOD_TEXT } from './period.js';
import { NOUNS } from './tiers.js';

/**
 * An offer in words, made from its rule alone, so that it can promise nothing the engine does not do. A
 * test reads it back and finds the same rule in it.
 */
export function describeOffer(rule: OfferRule): string {
  return [
    ...describeReward(rule),
    currencyText(rule),
    rangeText(rule),
    durationText(rule.duration),
    minimumText(rule),
    customerCountText(rule),
    customerAmountText(rule),
    budgetText('for each partner', rule.partnerBudget),
    budgetText('for all partners together', rule.programBudget),
    audienceText(rule),
    endText(rule),
    refundText(rule),
    holdText(rule),
    reviewText(rule),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

/** A volume adds up amounts, and a percentage is limited, in one currency; others are not converted. */
function currencyText(rule: OfferRule): string | null {
  const { reward, trigger } = rule;
  const volume = reward.kind === 'tiers' ? reward.currency : null;
  const currency = volume ?? (isFlat(reward) ? null : limitCurrency(rule));
  return currency && `Only ${NOUNS[trigger][1]} with an amount in ${currency} earn.`;
}

function rangeText({ trigger, minimumCommission: least, maximumCommission: most }: OfferRule): string | null {
  const limits = [
    least && `at least ${moneyText(least.amount, least.currency)}`,
    most && `at most ${moneyText(most.amount, most.currency)}`,
  ].filter((limit) => limit !== null);
  return limits.length === 0 ? null : `It is ${listText(limits, 'and')} for one ${NOUNS[trigger][0]}.`;
}

function durationText(duration: Duration): string | null {
  if (duration.kind === 'unlimited') return null;
  const anchor = duration.anchor === 'signup' ? 'the signup' : 'the first payment';
  return `Earn commissions for the customer's first ${periodText(duration.months)} from ${anchor}).`;
}

function periodText(months: number): string {
  if (months === 12) return 'year (12 calendar months';
  return months === 1 ? 'month (a calendar month' : `${months} months (calendar months`;
}

function minimumText({ minimumOrder }: OfferRule): string | null {
  if (!minimumOrder) return null;
  return `Only orders of at least ${moneyText(minimumOrder.amount, minimumOrder.currency)} count.`;
}

function customerCountText({ customerCap, trigger }: OfferRule): string | null {
  const count = customerCap?.count ?? null;
  if (count === null) return null;
  const [one, many] = NOUNS[trigger];
  return count === 1
    ? `Only the first ${one} of each customer counts, whatever becomes of it.`
    : `Only the first ${count} ${many} of each customer count, whatever becomes of them.`;
}

function customerAmountText({ customerCap }: OfferRule): string | null {
  const amount = customerCap?.amount;
  if (!amount) return null;
  return `One customer earns you at most ${moneyText(amount.amount, amount.currency)}; refunds give nothing of it back.`;
}

function budgetText(whose: string, budget: Budget | null): string | null {
  if (!budget) return null;
  const amount = moneyText(budget.amount, budget.currency);
  return `It pays at most ${amount} ${whose} ${PERIOD_TEXT[budget.period]}, in the order it is recorded; refunds give nothing of it back.`;
}

function audienceText({ audience }: OfferRule): string | null {
  switch (audience.kind) {
    case 'everyone':
      return null;
    case 'groups':
      return 'It is for partners of certain groups.';
    case 'partnerships':
      return 'It is for certain partners.';
  }
}

function endText({ endsAt }: OfferRule): string | null {
  return endsAt && `What happens from ${endsAt.toISOString()} on earns nothing.`;
}

function refundText({ trigger }: OfferRule): string | null {
  return trigger === 'sale' ? 'Refunds lower the commission in proportion.' : null;
}

const HOLD_START: Readonly<Record<OfferTrigger, string>> = {
  signup: 'the signup',
  sale: 'the order is fulfilled (the first part of it where parts earn one by one), or paid where nothing is shipped',
  lead_won: 'the lead is won',
  deal_won: 'the deal is won',
  action: 'the action',
};

function holdText({ trigger, holdDays }: OfferRule): string {
  if (holdDays === 0) return 'It is payable at once.';
  return `It becomes payable ${holdDays} ${holdDays === 1 ? 'day' : 'days'} after ${HOLD_START[trigger]}.`;
}

function reviewText({ review }: OfferRule): string | null {
  return review === 'manual' ? 'The company looks at each commission before it is payable.' : null;
}
