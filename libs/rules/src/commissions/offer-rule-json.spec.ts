import { InvalidInput } from '#kernel';
import { offerRuleJson } from './offer-rule-json.js';
import { parseOfferRule } from './parse-offer-rule.js';

const percent = { kind: 'percent', basisPoints: 2000 };
const flat = { kind: 'flat', amount: 500, currency: 'EUR' };

function errorsOf(json: unknown) {
  try {
    parseOfferRule(json);
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors;
    throw error;
  }
  return [];
}

describe('parseOfferRule', () => {
  it('fills in what is left out', () => {
    expect(offerRuleJson(parseOfferRule({ trigger: 'sale', reward: percent }))).toEqual({
      trigger: 'sale',
      action: null,
      reward: { kind: 'percent', basisPoints: 2000, base: 'gross' },
      duration: { kind: 'unlimited' },
      minimumOrder: null,
      products: null,
      minimumCommission: null,
      maximumCommission: null,
      customerCap: null,
      partnerBudget: null,
      programBudget: null,
      audience: { kind: 'everyone' },
      endsAt: null,
      holdDays: 30,
      review: 'automatic',
    });
  });

  it('reads back what it writes', () => {
    const json = offerRuleJson(
      parseOfferRule({
        trigger: 'sale',
        reward: { ...flat, currency: 'eur' },
        duration: { kind: 'months', months: 12, anchor: 'signup' },
        minimumOrder: { amount: 5000, currency: 'EUR' },
        holdDays: 0,
      }),
    );
    expect(offerRuleJson(parseOfferRule(JSON.parse(JSON.stringify(json))))).toEqual(json);
  });

  it('takes both ends of every limit', () => {
    for (const basisPoints of [1, 10_000]) {
      expect(errorsOf({ trigger: 'sale', reward: { kind: 'percent', basisPoints } })).toEqual([]);
    }
    for (const holdDays of [0, 365])
      expect(errorsOf({ trigger: 'sale', reward: flat, holdDays })).toEqual([]);
    for (const months of [1, 1200]) {
      expect(errorsOf({ trigger: 'sale', reward: flat, duration: { kind: 'months', months } })).toEqual([]);
    }
  });

  it('complains of an unknown trigger alone, not of what a signup would need', () => {
    expect(errorsOf({ trigger: 'sail', reward: percent }).map(({ field }) => field)).toEqual([
      'rule.trigger',
    ]);
  });

  it.each([
    [{ trigger: 'sale', reward: { kind: 'percent', basisPoints: 0 } }, 'rule.reward.basisPoints'],
    [{ trigger: 'sale', reward: { kind: 'percent', basisPoints: 10_001 } }, 'rule.reward.basisPoints'],
    [{ trigger: 'sale', reward: { kind: 'percent', basisPoints: 12.5 } }, 'rule.reward.basisPoints'],
    [{ trigger: 'sale', reward: { ...percent, base: 'profit' } }, 'rule.reward.base'],
    [{ trigger: 'sale', reward: { ...percent, amount: 5 } }, 'rule.reward.amount'],
    [{ trigger: 'sale', reward: { ...flat, amount: 0 } }, 'rule.reward.amount'],
    [{ trigger: 'sale', reward: { ...flat, amount: 2 ** 53 } }, 'rule.reward.amount'],
    [{ trigger: 'sale', reward: { ...flat, currency: 'EURO' } }, 'rule.reward.currency'],
    [{ trigger: 'sale', reward: flat, holdDays: -1 }, 'rule.holdDays'],
    [{ trigger: 'sale', reward: flat, holdDays: 366 }, 'rule.holdDays'],
    [{ trigger: 'sale', reward: flat, duration: { kind: 'months', months: 0 } }, 'rule.duration.months'],
    [{ trigger: 'lead', reward: flat }, 'rule.trigger'],
    [{ trigger: 'sale', reward: flat, cap: 5 }, 'rule.cap'],
    [{ trigger: 'signup', reward: percent }, 'rule.reward.kind'],
    [{ trigger: 'signup', reward: flat, minimumOrder: { amount: 1, currency: 'EUR' } }, 'rule.minimumOrder'],
    [{ trigger: 'signup', reward: flat, duration: { kind: 'months', months: 1 } }, 'rule.duration.kind'],
  ])('refuses %j at the field that is wrong', (json, field) => {
    expect(errorsOf(json)).toEqual([{ field, message: expect.stringMatching(/must be|is not known/) }]);
  });

  it('names every wrong field at once', () => {
    const wrong = { trigger: 'sale', reward: { kind: 'percent', basisPoints: 0 }, holdDays: 400 };
    expect(errorsOf(wrong).map(({ field }) => field)).toEqual(['rule.reward.basisPoints', 'rule.holdDays']);
  });

  it.each([null, 'rule', 5, []])('refuses %j as a rule', (json) => {
    expect(errorsOf(json).map(({ field }) => field)).toContain('rule');
  });
});
