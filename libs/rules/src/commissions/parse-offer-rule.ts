import { InvalidFields, parseId } from '#kernel';
import { FieldReader, type Fields } from './field-reader.js';
import { refuseImpossible } from './impossible-rules.js';
import {
  type Audience,
  type Budget,
  type CustomerCap,
  type Duration,
  DURATION_ANCHORS,
  OFFER_TRIGGERS,
  type OfferRule,
  type OfferTrigger,
  REVIEW_MODES,
  type Reward,
  type RewardBase,
} from './offer-rule.js';
import { readProducts, readReward } from './parse-reward.js';
import { PERIODS } from './period.js';

export const DEFAULT_HOLD_DAYS = 30;

/** Every field of a rule. */
export const RULE_FIELDS = [
  'trigger',
  'action',
  'reward',
  'duration',
  'minimumOrder',
  'products',
  'minimumCommission',
  'maximumCommission',
  'customerCap',
  'partnerBudget',
  'programBudget',
  'audience',
  'endsAt',
  'holdDays',
  'review',
] as const satisfies readonly (keyof OfferRule)[];

/**
 * Reads a rule that a company sent or that we stored. Left out: base `gross` (of an order's lines: without
 * tax and shipping), duration unlimited (anchor `first_payment`), no limits, everyone, no end, 30 hold days,
 * review automatic.
 * @throws InvalidInput `offer_rule.invalid` with one entry per wrong field, saying what would be right
 */
export function parseOfferRule(json: unknown, path = 'rule'): OfferRule {
  const reader = new FieldReader();
  const rule = readRule(reader, json, path);
  if (reader.errors.length === 0) refuseImpossible(reader, rule, path);
  throwErrors(reader);
  return rule;
}

/**
 * Reads a reward that takes the place of a rule's own.
 * @throws InvalidInput `offer_rule.invalid`
 */
export function parseReward(json: unknown, rule: OfferRule, path = 'reward'): Reward {
  const reader = new FieldReader();
  const reward = readReward(reader, json, defaultBase(rule.products !== null), path);
  if (reader.errors.length === 0) refuseImpossible(reader, { ...rule, reward }, 'rule');
  const errors = reader.errors.map(({ field, message }) => ({
    field: field.startsWith('rule.reward') ? path + field.slice('rule.reward'.length) : field,
    message,
  }));
  throwErrors({ errors });
  return reward;
}

/** Reads a reward that was stored, whatever rule it stands in for by now. */
export function parseStoredReward(json: unknown): Reward {
  const reader = new FieldReader();
  const reward = readReward(reader, json, 'gross', 'reward');
  throwErrors(reader);
  return reward;
}

function throwErrors({ errors }: Pick<FieldReader, 'errors'>): void {
  if (errors.length === 0) return;
  throw new InvalidFields('offer_rule.invalid', errors);
}

function readRule(reader: FieldReader, json: unknown, path: string): OfferRule {
  const fields = reader.object(json, path, RULE_FIELDS);
  const given = (name: keyof OfferRule) => fields[name] ?? null;
  const products =
    given('products') === null
      ? null
      : readProducts(
          reader,
          reader.object(fields['products'], `${path}.products`, ['products', 'categories']),
          `${path}.products`,
        );
  const trigger = reader.oneOf(fields['trigger'], OFFER_TRIGGERS, `${path}.trigger`);
  return {
    trigger,
    action: readAction(reader, trigger, given('action'), `${path}.action`),
    reward: readReward(reader, fields['reward'], defaultBase(products !== null), `${path}.reward`),
    duration: readDuration(reader, given('duration'), `${path}.duration`),
    minimumOrder: reader.moneyOrNull(given('minimumOrder'), `${path}.minimumOrder`),
    products,
    minimumCommission: reader.moneyOrNull(given('minimumCommission'), `${path}.minimumCommission`),
    maximumCommission: reader.moneyOrNull(given('maximumCommission'), `${path}.maximumCommission`),
    customerCap: readCustomerCap(reader, given('customerCap'), `${path}.customerCap`),
    partnerBudget: readBudget(reader, given('partnerBudget'), `${path}.partnerBudget`),
    programBudget: readBudget(reader, given('programBudget'), `${path}.programBudget`),
    audience: readAudience(reader, given('audience'), `${path}.audience`),
    endsAt: given('endsAt') === null ? null : reader.time(fields['endsAt'], `${path}.endsAt`),
    holdDays: reader.whole(fields['holdDays'] ?? DEFAULT_HOLD_DAYS, 0, 365, `${path}.holdDays`),
    review: reader.oneOf(fields['review'] ?? 'automatic', REVIEW_MODES, `${path}.review`),
  };
}

const defaultBase = (hasProducts: boolean): RewardBase => (hasProducts ? 'net_of_tax_and_shipping' : 'gross');

function readAction(reader: FieldReader, trigger: OfferTrigger, value: unknown, path: string): string | null {
  if (trigger === 'action') return reader.text(value, 100, path);
  if (value !== null) reader.wrong(path, 'must be null: only the trigger "action" names one');
  return null;
}

function readDuration(reader: FieldReader, value: unknown, path: string): Duration {
  if (value === null) return { kind: 'unlimited' };
  const kind = reader.kind(value, ['months', 'unlimited'], path);
  const fields = reader.object(value, path, kind === 'months' ? ['kind', 'months', 'anchor'] : ['kind']);
  if (kind === 'unlimited') return { kind };
  return {
    kind,
    months: reader.whole(fields['months'], 1, 1200, `${path}.months`),
    anchor: reader.oneOf(fields['anchor'] ?? 'first_payment', DURATION_ANCHORS, `${path}.anchor`),
  };
}

function readCustomerCap(reader: FieldReader, value: unknown, path: string): CustomerCap | null {
  if (value === null) return null;
  const fields = reader.object(value, path, ['count', 'amount']);
  const count = fields['count'] ?? null;
  const cap = {
    count: count === null ? null : reader.whole(count, 1, 1_000_000, `${path}.count`),
    amount: reader.moneyOrNull(fields['amount'], `${path}.amount`),
  };
  if (count === null && cap.amount === null) reader.wrong(path, 'must have a count or an amount');
  return cap;
}

function readBudget(reader: FieldReader, value: unknown, path: string): Budget | null {
  if (value === null) return null;
  const fields = reader.object(value, path, ['amount', 'currency', 'period']);
  return {
    ...reader.money(fields, path),
    period: reader.oneOf(fields['period'], PERIODS, `${path}.period`),
  };
}

function readAudience(reader: FieldReader, value: unknown, path: string): Audience {
  if (value === null) return { kind: 'everyone' };
  const kind = reader.kind(value, ['everyone', 'groups', 'partnerships'], path);
  if (kind === 'everyone') {
    reader.object(value, path, ['kind']);
    return { kind };
  }
  const name = kind === 'groups' ? 'groupIds' : 'partnershipIds';
  const fields = reader.object(value, path, ['kind', name]);
  return kind === 'groups'
    ? { kind, groupIds: readIds(reader, 'Group', fields, `${path}.groupIds`) }
    : { kind, partnershipIds: readIds(reader, 'Partnership', fields, `${path}.partnershipIds`) };
}

function readIds<K extends 'Group' | 'Partnership'>(
  reader: FieldReader,
  kind: K,
  fields: Fields,
  path: string,
) {
  const name = kind === 'Group' ? 'groupIds' : 'partnershipIds';
  const ids = reader.list(fields[name], path, (id, at) =>
    reader.read(() => parseId(kind, typeof id === 'string' ? id : '', at)),
  );
  if (ids.length === 0) reader.wrong(path, 'must name at least one');
  return ids.filter((id) => id !== null);
}
