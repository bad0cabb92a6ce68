import { type Currency, type Money, moneyText } from '#kernel';
import type { FieldReader } from './field-reader.js';
import { isFlat, type OfferRule, type PercentReward, type Reward } from './offer-rule.js';

/** Refuses rules whose fields are right one by one but cannot be together. */
export function refuseImpossible(reader: FieldReader, rule: OfferRule, path: string): void {
  if (rule.trigger !== 'sale') refuseTermsOfSales(reader, rule, path);
  if (rule.trigger === 'signup') refuseTermsOfRepeats(reader, rule, path);
  if (rule.trigger === 'signup' || rule.trigger === 'action') refuseAmounts(reader, rule, path);
  if (rule.trigger === 'signup' || rule.trigger === 'lead_won') refuseDuration(reader, rule, path);
  refuseProducts(reader, rule, path);
  refuseRange(reader, rule, path);
  refuseMixedCurrencies(reader, rule, path);
}

const WHAT = {
  signup: 'a signup',
  lead_won: 'a lead',
  deal_won: 'a deal',
  action: 'an action',
  sale: 'a sale',
} as const;

function refuseTermsOfSales(reader: FieldReader, rule: OfferRule, path: string): void {
  const { trigger, reward, minimumOrder, products } = rule;
  const what = WHAT[trigger];
  if (minimumOrder) reader.wrong(`${path}.minimumOrder`, `must be null: ${what} has no order amount`);
  if (products) reader.wrong(`${path}.products`, `must be null: ${what} has no order lines`);
  if (reward.kind === 'lines') {
    reader.wrong(`${path}.reward.kind`, `must be another than "lines": ${what} has no order lines`);
  }
  for (const [percent, at] of percentsOf(reward, `${path}.reward`)) {
    if (percent.base !== 'gross') {
      reader.wrong(`${at}.base`, `must be "gross": the amount of ${what} has no tax or shipping`);
    }
  }
}

function refuseAmounts(reader: FieldReader, { trigger, reward }: OfferRule, path: string): void {
  const what = WHAT[trigger];
  if (reward.kind === 'percent') {
    reader.wrong(`${path}.reward.kind`, `must be "flat": ${what} has no amount to take a percentage of`);
  }
  if (reward.kind !== 'tiers') return;
  if (reward.measure === 'volume') {
    reader.wrong(`${path}.reward.measure`, `must be "count": ${what} has no amount to add up`);
  }
  for (const [, at] of percentsOf(reward, `${path}.reward`)) {
    reader.wrong(`${at}.kind`, `must be "flat": ${what} has no amount to take a percentage of`);
  }
}

function refuseTermsOfRepeats(reader: FieldReader, { customerCap }: OfferRule, path: string): void {
  if (customerCap) reader.wrong(`${path}.customerCap`, 'must be null: a customer signs up once');
}

function refuseDuration(reader: FieldReader, { trigger, duration }: OfferRule, path: string): void {
  if (duration.kind === 'unlimited') return;
  const why = trigger === 'signup' ? 'a customer signs up once' : 'a lead is won once';
  reader.wrong(`${path}.duration.kind`, `must be "unlimited": ${why}`);
}

function refuseProducts(reader: FieldReader, { products, reward }: OfferRule, path: string): void {
  if (!products) return;
  if (reward.kind === 'lines') {
    reader.wrong(`${path}.products`, 'must be null: the rates of the reward name the products');
  }
  for (const [percent, at] of percentsOf(reward, `${path}.reward`)) {
    if (percent.base !== 'net_of_tax_and_shipping') {
      reader.wrong(`${at}.base`, 'must be "net_of_tax_and_shipping": so much is known of single products');
    }
  }
}

function refuseRange(reader: FieldReader, rule: OfferRule, path: string): void {
  const { reward, minimumCommission: least, maximumCommission: most } = rule;
  for (const [name, money] of [
    ['minimumCommission', least],
    ['maximumCommission', most],
  ] as const) {
    if (money && isFlat(reward))
      reader.wrong(`${path}.${name}`, 'must be null: a flat reward always pays the same');
  }
  if (!least) return;
  const floor = moneyText(least.amount, least.currency);
  for (const [field, money] of limitsOf(rule)) {
    if (money && money.amount < least.amount && money.currency === least.currency) {
      reader.wrong(`${path}.${field}`, `must be at least ${floor}, the minimumCommission`);
    }
  }
}

const limitsOf = ({ maximumCommission, customerCap, partnerBudget, programBudget }: OfferRule) =>
  [
    ['maximumCommission.amount', maximumCommission],
    ['customerCap.amount.amount', customerCap?.amount ?? null],
    ['partnerBudget.amount', partnerBudget],
    ['programBudget.amount', programBudget],
  ] as const satisfies readonly (readonly [string, Money | null])[];

/** Amounts are never converted: all of a rule are in the currency of the first. */
function refuseMixedCurrencies(reader: FieldReader, rule: OfferRule, path: string): void {
  const [first, ...others] = currenciesOf(rule);
  if (!first) return;
  for (const [field, currency] of others) {
    if (currency === first[1]) continue;
    reader.wrong(`${path}.${field}`, `must be "${first[1]}", the currency of ${path}.${first[0]}`);
  }
}

function currenciesOf(rule: OfferRule): (readonly [string, Currency])[] {
  const { reward } = rule;
  const amounts: (readonly [string, Money | null])[] = [
    ['reward', reward.kind === 'flat' ? reward : null],
    ...(reward.kind === 'tiers' ? reward.steps : []).map(
      (step, index) =>
        [`reward.steps.${index}.reward`, step.reward.kind === 'flat' ? step.reward : null] as const,
    ),
    ['minimumOrder', rule.minimumOrder],
    ['minimumCommission', rule.minimumCommission],
    ['maximumCommission', rule.maximumCommission],
    ['customerCap.amount', rule.customerCap?.amount ?? null],
    ['partnerBudget', rule.partnerBudget],
    ['programBudget', rule.programBudget],
  ];
  const volume = reward.kind === 'tiers' ? reward.currency : null;
  return [
    ...(volume === null ? [] : [['reward.currency', volume] as const]),
    ...amounts.flatMap(([field, money]) => (money ? [[`${field}.currency`, money.currency] as const] : [])),
  ];
}

function percentsOf(reward: Reward, path: string): (readonly [PercentReward, string])[] {
  if (reward.kind === 'percent') return [[reward, path]];
  if (reward.kind !== 'tiers') return [];
  return reward.steps.flatMap((step, index) =>
    step.reward.kind === 'percent' ? [[step.reward, `${path}.steps.${index}.reward`] as const] : [],
  );
}
