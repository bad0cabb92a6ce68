import { moneyText } from '#kernel';
import type {
  FlatReward,
  LineReward,
  OfferRule,
  OfferTrigger,
  PercentReward,
  ProductSet,
  RewardBase,
  TieredReward,
} from './offer-rule.js';
import { PERIOD_TEXT } from './period.js';
import { NOUNS, tierText } from './tiers.js';

/** The sentences that say what an offer pays, for what. */
export function describeReward(rule: OfferRule): string[] {
  const { reward } = rule;
  switch (reward.kind) {
    case 'percent':
      return [`Earn ${percentText(reward.basisPoints)} ${baseText(reward, rule)} on each ${occasion(rule)}.`];
    case 'flat':
      return [`Earn ${flatText(reward)} for each ${occasion(rule)}${containing(rule.products)}.`];
    case 'lines':
      return [linesText(reward, occasion(rule))];
    case 'tiers':
      return tiersText(reward, rule);
  }
}

/** Texts joined as a sentence does: `a, b and c`. */
export function listText(texts: readonly string[], last: 'and' | 'or'): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} ${last} ${texts.at(-1) ?? ''}`;
}

const OCCASION: Readonly<Record<OfferTrigger, string>> = {
  signup: 'signup of a customer you referred',
  sale: 'order of a customer you referred',
  lead_won: 'lead of yours that is won',
  deal_won: 'deal of yours that is won',
  action: 'action of a customer you referred',
};

function occasion({ trigger, action }: OfferRule): string {
  return action === null ? OCCASION[trigger] : `action ${quoted(action)} of a customer you referred`;
}

const quoted = (key: string) => JSON.stringify(key);

const flatText = ({ amount, currency }: FlatReward) => moneyText(amount, currency);

/** 2000 basis points read `20%`, 1250 `12.5%`, 5 `0.05%`. */
function percentText(basisPoints: number): string {
  const fraction = String(basisPoints % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${Math.trunc(basisPoints / 100)}${fraction ? `.${fraction}` : ''}%`;
}

const BASE_TEXT: Readonly<Record<RewardBase, string>> = {
  gross: 'of what the customer pays, tax and shipping included,',
  net_of_tax: 'of what the customer pays without tax',
  net_of_tax_and_shipping: 'of what the customer pays without tax and shipping',
};

function baseText({ base }: PercentReward, { trigger, products }: OfferRule): string {
  if (trigger !== 'sale') return 'of the amount';
  if (!products) return BASE_TEXT[base];
  return `of what the customer pays for ${productsText(products, 'and')} without tax and shipping`;
}

function productsText({ products, categories }: ProductSet, last: 'and' | 'or'): string {
  return listText(
    [
      ...products.map((key) => `the product ${quoted(key)}`),
      ...categories.map((key) => `the category ${quoted(key)}`),
    ],
    last,
  );
}

const containing = (products: ProductSet | null): string =>
  products ? ` with ${productsText(products, 'or')} in it` : '';

function linesText({ rates, otherBasisPoints }: LineReward, each: string): string {
  const texts = rates.map((rate) => `${percentText(rate.basisPoints)} for ${productsText(rate, 'and')}`);
  const other = otherBasisPoints === 0 ? 'nothing' : percentText(otherBasisPoints);
  return (
    `Earn, of what the customer pays without tax and shipping on each ${each}: ` +
    `${texts.join('; ')}; ${other} for everything else. The rate of a product goes before that of its category.`
  );
}

function tiersText(reward: TieredReward, rule: OfferRule): string[] {
  const { trigger } = rule;
  const [first, ...later] = reward.steps.map((step) => ({ ...step, text: stepText(step.reward) }));
  if (!first) throw new TypeError('tiers have at least one step');
  const steps = later.map(({ after, text }) => `${text} after ${tierText(reward, after, trigger)}`);
  const of =
    first.reward.kind === 'percent'
      ? `${baseText(first.reward, rule)} on each ${occasion(rule)}`
      : `for each ${occasion(rule)}${containing(rule.products)}`;
  const [one] = NOUNS[trigger];
  return [
    `Earn ${first.text} ${of}; ${listText(steps, 'and')} ${PERIOD_TEXT[reward.period]}.`,
    `Each ${one} that earns counts in the order it is recorded, and goes on counting whatever becomes of it.`,
  ];
}

const stepText = (reward: PercentReward | FlatReward): string =>
  reward.kind === 'percent' ? percentText(reward.basisPoints) : flatText(reward);
