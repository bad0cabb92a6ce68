import { InvalidInput } from '#kernel';
import { parseOfferRule, parseReward } from './parse-offer-rule.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const percent = { kind: 'percent', basisPoints: 2000 };
const flat = { kind: 'flat', ...eur(500) };
const sale = { trigger: 'sale', reward: percent };
const tiers = (...steps: object[]) => ({ kind: 'tiers', measure: 'count', period: 'month', steps });
const step = (after: number, reward: object = percent) => ({ after, reward });
const lines = (...rates: object[]) => ({ kind: 'lines', rates });

function errorsOf(parse: () => unknown) {
  try {
    parse();
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors;
    throw error;
  }
  return [];
}

describe('a reward that cannot be', () => {
  it.each<[object, string, string]>([
    [{ trigger: 'sale', reward: tiers(step(0)) }, 'reward.steps', 'must be at least two steps'],
    [{ trigger: 'sale', reward: tiers(step(1), step(2)) }, 'reward.steps.0.after', 'must be 0'],
    [
      { trigger: 'sale', reward: tiers(step(0), step(5), step(5)) },
      'reward.steps.2.after',
      'must be more than 5',
    ],
    [
      { trigger: 'sale', reward: tiers(step(0), step(5, flat)) },
      'reward.steps.1.reward.kind',
      'must be "percent" as in the first step',
    ],
    [
      { trigger: 'sale', reward: tiers(step(0), step(5, { ...percent, base: 'net_of_tax' })) },
      'reward.steps.1.reward.base',
      'must be "gross" as in the first step',
    ],
    [
      { trigger: 'sale', reward: { ...tiers(step(0), step(1)), currency: 'EUR' } },
      'reward.currency',
      'must be null',
    ],
    [
      { trigger: 'sale', reward: { ...tiers(step(0), step(1)), measure: 'volume' } },
      'reward.currency',
      'ISO 4217',
    ],
    [{ trigger: 'sale', reward: lines() }, 'reward.rates', 'at least one product or category'],
    [
      { trigger: 'sale', reward: lines({ basisPoints: 1 }) },
      'reward.rates.0',
      'at least one of products, categories',
    ],
    [
      { trigger: 'sale', reward: lines({ products: [5], basisPoints: 1 }) },
      'reward.rates.0.products.0',
      'must be a text',
    ],
    [
      { trigger: 'sale', reward: lines({ products: 'a', basisPoints: 1 }) },
      'reward.rates.0.products',
      'must be a list of at most 100',
    ],
    [
      {
        trigger: 'sale',
        reward: lines({ products: ['a'], basisPoints: 1 }, { products: ['a'], basisPoints: 2 }),
      },
      'reward.rates.1.products',
      'must not name "a" again: rates.0 does already',
    ],
    [
      { trigger: 'sale', reward: lines({ categories: ['a', 'a'], basisPoints: 1 }) },
      'reward.rates.0.categories',
      'must not name "a" again',
    ],
    [
      { trigger: 'sale', reward: lines({ products: ['a'], basisPoints: 1 }), products: { products: ['a'] } },
      'products',
      'must be null: the rates of the reward name the products',
    ],
  ])('%j: %s %s', (json, field, message) => {
    const errors = errorsOf(() => parseOfferRule(json));
    expect(errors).toContainEqual({ field: `rule.${field}`, message: expect.stringContaining(message) });
  });
});

describe('parseReward', () => {
  const rule = parseOfferRule({ ...sale, maximumCommission: eur(5_000) });

  it("takes a reward that fits the offer's other terms", () => {
    expect(parseReward({ ...percent, basisPoints: 3000 }, rule)).toEqual({
      ...percent,
      basisPoints: 3000,
      base: 'gross',
    });
  });

  it.each<[object, string]>([
    [{ ...percent, basisPoints: 10_001 }, 'reward.basisPoints'],
    [tiers(step(1), step(2)), 'reward.steps.0.after'],
    [flat, 'rule.maximumCommission'],
  ])('refuses %j at %s', (reward, field) => {
    expect(errorsOf(() => parseReward(reward, rule)).map((error) => error.field)).toEqual([field]);
  });

  it('names the field as it was sent when the trigger forbids it', () => {
    const signup = parseOfferRule({ trigger: 'signup', reward: flat });
    expect(errorsOf(() => parseReward(percent, signup))).toMatchObject([{ field: 'reward.kind' }]);
  });
});
