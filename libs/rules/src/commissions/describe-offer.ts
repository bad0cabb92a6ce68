import { moneyText } from '#kernel';
import type { Duration, OfferRule, Reward, RewardBase } from './offer-rule.js';

/** An offer in words, made from its rule alone, so that it can promise nothing the engine does not do. */
export function describeOffer(rule: OfferRule): string {
  return [
    `Earn ${rewardText(rule.reward)} ${occasionText(rule)}.`,
    durationText(rule.duration),
    minimumText(rule),
    refundText(rule),
    holdText(rule),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

const BASE_TEXT: Readonly<Record<RewardBase, string>> = {
  gross: 'of what the customer pays, tax and shipping included,',
  net_of_tax: 'of what the customer pays without tax',
  net_of_tax_and_shipping: 'of what the customer pays without tax and shipping',
};

function rewardText(reward: Reward): string {
  if (reward.kind === 'flat') return moneyText(reward.amount, reward.currency);
  return `${percentText(reward.basisPoints)} ${BASE_TEXT[reward.base]}`;
}

/** 2000 basis points read `20%`, 1250 `12.5%`, 5 `0.05%`. */
function percentText(basisPoints: number): string {
  const fraction = String(basisPoints % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${Math.trunc(basisPoints / 100)}${fraction ? `.${fraction}` : ''}%`;
}

function occasionText({ trigger, reward }: OfferRule): string {
  if (trigger === 'signup') return 'when a customer you referred signs up';
  return reward.kind === 'flat'
    ? 'for each order of a customer you referred'
    : 'on each order of a customer you referred';
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

function refundText({ trigger }: OfferRule): string | null {
  return trigger === 'sale' ? 'Refunds lower the commission in proportion.' : null;
}

function holdText({ trigger, holdDays }: OfferRule): string {
  if (holdDays === 0) return 'It is payable at once.';
  const start =
    trigger === 'signup' ? 'the signup' : 'the order is fulfilled, or paid where nothing is shipped';
  return `It becomes payable ${plural(holdDays, 'day')} after ${start}.`;
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
