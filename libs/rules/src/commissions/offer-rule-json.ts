import {
  type FieldError,
  InvalidInput,
  moneyJson,
  type MoneyJson,
  parseAmount,
  parseCurrency,
} from '#kernel';
import {
  DURATION_ANCHORS,
  type Duration,
  type DurationAnchor,
  OFFER_TRIGGERS,
  type OfferRule,
  type OfferTrigger,
  type Reward,
  REWARD_BASES,
  type RewardBase,
} from './offer-rule.js';

/** An offer's rule in JSON: as the public API takes and shows it, and as it is stored. */
export interface OfferRuleJson {
  readonly trigger: OfferTrigger;
  readonly reward:
    | { readonly kind: 'percent'; readonly basisPoints: number; readonly base: RewardBase }
    | { readonly kind: 'flat'; readonly amount: number; readonly currency: string };
  readonly duration:
    | { readonly kind: 'months'; readonly months: number; readonly anchor: DurationAnchor }
    | { readonly kind: 'unlimited' };
  readonly minimumOrder: MoneyJson | null;
  readonly holdDays: number;
}

export function offerRuleJson(rule: OfferRule): OfferRuleJson {
  const { reward, minimumOrder } = rule;
  return {
    trigger: rule.trigger,
    reward:
      reward.kind === 'flat' ? { kind: 'flat', ...moneyJson(reward.amount, reward.currency) } : { ...reward },
    duration: { ...rule.duration },
    minimumOrder: minimumOrder && moneyJson(minimumOrder.amount, minimumOrder.currency),
    holdDays: rule.holdDays,
  };
}

export const DEFAULT_HOLD_DAYS = 30;

/**
 * Reads a rule that a company sent or that we stored. Left out: base `gross`, duration unlimited (anchor
 * `first_payment`), no minimum, 30 hold days.
 * @throws InvalidInput `offer_rule.invalid` with one entry per wrong field, saying what would be right
 */
export function parseOfferRule(json: unknown, path = 'rule'): OfferRule {
  const reader = new RuleReader();
  const rule = reader.rule(json, path);
  if (reader.errors.length > 0) {
    const summary = reader.errors.map(({ field, message }) => `${field} ${message}`).join('; ');
    throw new InvalidInput('offer_rule.invalid', `${summary}.`, reader.errors);
  }
  return rule;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads every field before it complains, so that a company mends all of them at once. */
class RuleReader {
  readonly errors: FieldError[] = [];

  rule(json: unknown, path: string): OfferRule {
    const fields = this.#object(json, path, ['trigger', 'reward', 'duration', 'minimumOrder', 'holdDays']);
    const trigger = this.#oneOf(fields['trigger'], OFFER_TRIGGERS, `${path}.trigger`);
    const rule: OfferRule = {
      trigger,
      reward: this.#reward(fields['reward'], `${path}.reward`),
      duration: this.#duration(fields['duration'], `${path}.duration`),
      minimumOrder: this.#minimum(fields['minimumOrder'], `${path}.minimumOrder`),
      holdDays: this.#whole(fields['holdDays'] ?? DEFAULT_HOLD_DAYS, 0, 365, `${path}.holdDays`),
    };
    if (fields['trigger'] === 'signup') this.#refuseSaleTerms(rule, path);
    return rule;
  }

  #refuseSaleTerms(rule: OfferRule, path: string): void {
    if (rule.reward.kind === 'percent') {
      this.#wrong(`${path}.reward.kind`, 'must be "flat": a signup has no amount to take a percentage of');
    }
    if (rule.minimumOrder) {
      this.#wrong(`${path}.minimumOrder`, 'must be null: a signup has no order amount');
    }
    if (rule.duration.kind !== 'unlimited') {
      this.#wrong(`${path}.duration.kind`, 'must be "unlimited": a customer signs up once');
    }
  }

  #reward(value: unknown, path: string): Reward {
    const kind = this.#kind(value, ['percent', 'flat'], path);
    if (kind === 'percent') {
      const fields = this.#object(value, path, ['kind', 'basisPoints', 'base']);
      return {
        kind,
        basisPoints: this.#whole(fields['basisPoints'], 1, 10_000, `${path}.basisPoints`),
        base: this.#oneOf(fields['base'] ?? 'gross', REWARD_BASES, `${path}.base`),
      };
    }
    const fields = this.#object(value, path, ['kind', 'amount', 'currency']);
    return { kind, ...this.#money(fields, path) };
  }

  #duration(value: unknown, path: string): Duration {
    if (value === undefined) return { kind: 'unlimited' };
    const kind = this.#kind(value, ['months', 'unlimited'], path);
    const fields = this.#object(value, path, kind === 'months' ? ['kind', 'months', 'anchor'] : ['kind']);
    if (kind === 'unlimited') return { kind };
    return {
      kind,
      months: this.#whole(fields['months'], 1, 1200, `${path}.months`),
      anchor: this.#oneOf(fields['anchor'] ?? 'first_payment', DURATION_ANCHORS, `${path}.anchor`),
    };
  }

  #minimum(value: unknown, path: string): OfferRule['minimumOrder'] {
    if (value === undefined || value === null) return null;
    return this.#money(this.#object(value, path, ['amount', 'currency']), path);
  }

  #money(fields: Fields, path: string) {
    const amount = this.#read(() => parseAmount(fields['amount'], `${path}.amount`)) ?? 0n;
    if (fields['amount'] === 0) this.#wrong(`${path}.amount`, 'must be at least 1 minor unit');
    const currency = this.#read(() => parseCurrency(fields['currency'], `${path}.currency`));
    return { amount, currency: currency ?? parseCurrency('XXX') };
  }

  #read<T>(parse: () => T): T | null {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      this.errors.push(...error.errors);
      return null;
    }
  }

  #kind<K extends string>(value: unknown, kinds: readonly [K, ...K[]], path: string): K {
    const kind = value !== null && typeof value === 'object' && 'kind' in value ? value.kind : undefined;
    return this.#oneOf(kind, kinds, `${path}.kind`);
  }

  #object(value: unknown, path: string, known: readonly string[]): Fields {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      this.#wrong(path, `must be an object with ${known.join(', ')}`);
      return {};
    }
    for (const name of Object.keys(value)) {
      if (!known.includes(name))
        this.#wrong(`${path}.${name}`, `is not known here; known: ${known.join(', ')}`);
    }
    return value as Fields;
  }

  #oneOf<K extends string>(value: unknown, allowed: readonly [K, ...K[]], path: string): K {
    const found = allowed.find((one) => one === value);
    if (found === undefined) {
      this.#wrong(path, `must be one of ${allowed.map((one) => `"${one}"`).join(', ')}`);
    }
    return found ?? allowed[0];
  }

  #whole(value: unknown, least: number, most: number, path: string): number {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    this.#wrong(path, `must be a whole number from ${least} to ${most}`);
    return least;
  }

  #wrong(field: string, message: string): void {
    this.errors.push({ field, message });
  }
}
