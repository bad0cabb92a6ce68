import { amountJson, moneyJson, type MoneyJson, publicId } from '#kernel';
import type {
  Audience,
  Budget,
  DurationAnchor,
  LineReward,
  OfferRule,
  OfferTrigger,
  PercentReward,
  ReviewMode,
  Reward,
  RewardBase,
  TierMeasure,
} from './offer-rule.js';
import type { Period } from './period.js';

export type PlainRewardJson =
  | { readonly kind: 'percent'; readonly basisPoints: number; readonly base: RewardBase }
  | { readonly kind: 'flat'; readonly amount: number; readonly currency: string };

export type RewardJson =
  | PlainRewardJson
  | {
      readonly kind: 'tiers';
      readonly measure: TierMeasure;
      readonly period: Period;
      readonly currency: string | null;
      readonly steps: readonly { readonly after: number; readonly reward: PlainRewardJson }[];
    }
  | LineReward;

export type BudgetJson = MoneyJson & { readonly period: Period };

/** An offer's rule in JSON: as the public API takes and shows it, and as it is stored. */
export interface OfferRuleJson {
  readonly trigger: OfferTrigger;
  readonly action: string | null;
  readonly reward: RewardJson;
  readonly duration:
    | { readonly kind: 'months'; readonly months: number; readonly anchor: DurationAnchor }
    | { readonly kind: 'unlimited' };
  readonly minimumOrder: MoneyJson | null;
  readonly products: { readonly products: readonly string[]; readonly categories: readonly string[] } | null;
  readonly minimumCommission: MoneyJson | null;
  readonly maximumCommission: MoneyJson | null;
  readonly customerCap: { readonly count: number | null; readonly amount: MoneyJson | null } | null;
  readonly partnerBudget: BudgetJson | null;
  readonly programBudget: BudgetJson | null;
  readonly audience:
    | { readonly kind: 'everyone' }
    | { readonly kind: 'groups'; readonly groupIds: readonly string[] }
    | { readonly kind: 'partnerships'; readonly partnershipIds: readonly string[] };
  readonly endsAt: string | null;
  readonly holdDays: number;
  readonly review: ReviewMode;
}

export function offerRuleJson(rule: OfferRule): OfferRuleJson {
  const { customerCap } = rule;
  return {
    trigger: rule.trigger,
    action: rule.action,
    reward: rewardJson(rule.reward),
    duration: { ...rule.duration },
    minimumOrder: moneyOrNull(rule.minimumOrder),
    products: rule.products && { ...rule.products },
    minimumCommission: moneyOrNull(rule.minimumCommission),
    maximumCommission: moneyOrNull(rule.maximumCommission),
    customerCap: customerCap && { count: customerCap.count, amount: moneyOrNull(customerCap.amount) },
    partnerBudget: budgetJson(rule.partnerBudget),
    programBudget: budgetJson(rule.programBudget),
    audience: audienceJson(rule.audience),
    endsAt: rule.endsAt?.toISOString() ?? null,
    holdDays: rule.holdDays,
    review: rule.review,
  };
}

export function rewardJson(reward: Reward): RewardJson {
  switch (reward.kind) {
    case 'flat':
    case 'percent':
      return plainRewardJson(reward);
    case 'tiers':
      return {
        ...reward,
        steps: reward.steps.map((step) => ({
          after: amountJson(step.after),
          reward: plainRewardJson(step.reward),
        })),
      };
    case 'lines':
      return { ...reward, rates: reward.rates.map((rate) => ({ ...rate })) };
  }
}

function plainRewardJson(reward: PercentReward | Extract<Reward, { kind: 'flat' }>): PlainRewardJson {
  return reward.kind === 'flat'
    ? { kind: 'flat', ...moneyJson(reward.amount, reward.currency) }
    : { ...reward };
}

const moneyOrNull = (money: OfferRule['minimumOrder']): MoneyJson | null =>
  money && moneyJson(money.amount, money.currency);

const budgetJson = (budget: Budget | null): BudgetJson | null =>
  budget && { ...moneyJson(budget.amount, budget.currency), period: budget.period };

function audienceJson(audience: Audience): OfferRuleJson['audience'] {
  switch (audience.kind) {
    case 'everyone':
      return audience;
    case 'groups':
      return { kind: 'groups', groupIds: audience.groupIds.map((id) => publicId('Group', id)) };
    case 'partnerships':
      return {
        kind: 'partnerships',
        partnershipIds: audience.partnershipIds.map((id) => publicId('Partnership', id)),
      };
  }
}
