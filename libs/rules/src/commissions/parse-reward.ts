import { parseCurrency } from '#kernel';
import type { FieldReader } from './field-reader.js';
import {
  type FlatReward,
  type LineRate,
  type LineReward,
  type PercentReward,
  type ProductSet,
  type Reward,
  REWARD_BASES,
  type RewardBase,
  TIER_MEASURES,
  type TieredReward,
  type TierStep,
} from './offer-rule.js';
import { PERIODS } from './period.js';

/** Reads what an offer pays. `base` is what a percentage is of when it does not say. */
export function readReward(reader: FieldReader, value: unknown, base: RewardBase, path: string): Reward {
  const kind = reader.kind(value, ['percent', 'flat', 'tiers', 'lines'], path);
  switch (kind) {
    case 'percent':
    case 'flat':
      return readPlain(reader, value, base, path);
    case 'tiers':
      return readTiers(reader, value, base, path);
    case 'lines':
      return readLines(reader, value, path);
  }
}

function readPlain(
  reader: FieldReader,
  value: unknown,
  base: RewardBase,
  path: string,
): PercentReward | FlatReward {
  const kind = reader.kind(value, ['percent', 'flat'], path);
  if (kind === 'flat') {
    return { kind, ...reader.money(reader.object(value, path, ['kind', 'amount', 'currency']), path) };
  }
  const fields = reader.object(value, path, ['kind', 'basisPoints', 'base']);
  return {
    kind,
    basisPoints: reader.whole(fields['basisPoints'], 1, 10_000, `${path}.basisPoints`),
    base: reader.oneOf(fields['base'] ?? base, REWARD_BASES, `${path}.base`),
  };
}

function readTiers(reader: FieldReader, value: unknown, base: RewardBase, path: string): TieredReward {
  const fields = reader.object(value, path, ['kind', 'measure', 'period', 'currency', 'steps']);
  const measure = reader.oneOf(fields['measure'], TIER_MEASURES, `${path}.measure`);
  const currency =
    measure === 'volume' ? reader.read(() => parseCurrency(fields['currency'], `${path}.currency`)) : null;
  if (measure === 'count' && (fields['currency'] ?? null) !== null) {
    reader.wrong(`${path}.currency`, 'must be null: a count has no currency');
  }
  const steps = reader.list(fields['steps'], `${path}.steps`, (step, at) => readStep(reader, step, base, at));
  refuseSteps(reader, steps, `${path}.steps`);
  const period = reader.oneOf(fields['period'], PERIODS, `${path}.period`);
  return { kind: 'tiers', measure, period, currency, steps };
}

function readStep(reader: FieldReader, value: unknown, base: RewardBase, path: string): TierStep {
  const fields = reader.object(value, path, ['after', 'reward']);
  const after = reader.whole(fields['after'], 0, Number.MAX_SAFE_INTEGER, `${path}.after`);
  return { after: BigInt(after), reward: readPlain(reader, fields['reward'], base, `${path}.reward`) };
}

function refuseSteps(reader: FieldReader, steps: readonly TierStep[], path: string): void {
  const [first, second] = steps;
  if (!first || !second) {
    reader.wrong(path, 'must be at least two steps');
    return;
  }
  if (first.after !== 0n) reader.wrong(`${path}.0.after`, 'must be 0: the first step pays from the start');
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    if (before && step.after <= before.after) {
      reader.wrong(`${path}.${index}.after`, `must be more than ${before.after}, the step before`);
    }
    if (step.reward.kind !== first.reward.kind) {
      reader.wrong(`${path}.${index}.reward.kind`, `must be "${first.reward.kind}" as in the first step`);
    } else if (baseOf(step) !== baseOf(first)) {
      reader.wrong(`${path}.${index}.reward.base`, `must be "${baseOf(first)}" as in the first step`);
    }
  }
}

const baseOf = ({ reward }: TierStep): string => (reward.kind === 'percent' ? reward.base : '');

function readLines(reader: FieldReader, value: unknown, path: string): LineReward {
  const fields = reader.object(value, path, ['kind', 'rates', 'otherBasisPoints']);
  const rates = reader.list(fields['rates'], `${path}.rates`, (rate, at) => readRate(reader, rate, at));
  if (rates.length === 0) reader.wrong(`${path}.rates`, 'must name at least one product or category');
  refuseNamedTwice(reader, rates, `${path}.rates`);
  const other = fields['otherBasisPoints'] ?? 0;
  return {
    kind: 'lines',
    rates,
    otherBasisPoints: reader.whole(other, 0, 10_000, `${path}.otherBasisPoints`),
  };
}

function readRate(reader: FieldReader, value: unknown, path: string): LineRate {
  const fields = reader.object(value, path, ['products', 'categories', 'basisPoints']);
  return {
    ...readProducts(reader, fields, path),
    basisPoints: reader.whole(fields['basisPoints'], 0, 10_000, `${path}.basisPoints`),
  };
}

/** Reads `products` and `categories` of an object whose other fields the caller reads. */
export function readProducts(
  reader: FieldReader,
  fields: Readonly<Record<string, unknown>>,
  path: string,
): ProductSet {
  const keys = (name: string) =>
    reader.list(fields[name] ?? [], `${path}.${name}`, (key, at) => reader.text(key, 200, at));
  const found = { products: keys('products'), categories: keys('categories') };
  if (found.products.length + found.categories.length === 0) {
    reader.wrong(path, 'must name at least one of products, categories');
  }
  return found;
}

function refuseNamedTwice(reader: FieldReader, rates: readonly LineRate[], path: string): void {
  for (const name of ['products', 'categories'] as const) {
    const seen = new Map<string, number>();
    for (const [index, rate] of rates.entries()) {
      for (const key of rate[name]) {
        const before = seen.get(key);
        seen.set(key, index);
        if (before !== undefined) {
          const message = `must not name ${JSON.stringify(key)} again: rates.${before} does already`;
          reader.wrong(`${path}.${index}.${name}`, message);
        }
      }
    }
  }
}
