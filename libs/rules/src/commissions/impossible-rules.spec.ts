import { asId, InvalidInput, publicId } from '#kernel';
import { offerRuleJson } from './offer-rule-json.js';
import { parseOfferRule } from './parse-offer-rule.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const usd = (amount: number) => ({ amount, currency: 'USD' });
const percent = { kind: 'percent', basisPoints: 2000 };
const flat = { kind: 'flat', ...eur(500) };
const sale = { trigger: 'sale', reward: percent };
const tiers = (...steps: object[]) => ({ kind: 'tiers', measure: 'count', period: 'month', steps });
const step = (after: number, reward: object = percent) => ({ after, reward });
const lines = (...rates: object[]) => ({ kind: 'lines', rates });
const GROUP = publicId('Group', asId('Group', '00000000-0000-7000-8000-00000000000a'));
const PARTNERSHIP = publicId('Partnership', asId('Partnership', '00000000-0000-7000-8000-000000000001'));

function errorsOf(parse: () => unknown) {
  try {
    parse();
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors;
    throw error;
  }
  return [];
}

describe('parseOfferRule refuses what cannot be', () => {
  it.each<[object, string, string]>([
    [
      { ...sale, reward: { ...percent, basisPoints: 10_001 } },
      'reward.basisPoints',
      'whole number from 1 to 10000',
    ],
    [
      { ...sale, minimumCommission: eur(500), maximumCommission: eur(499) },
      'maximumCommission.amount',
      'must be at least 5.00 EUR, the minimumCommission',
    ],
    [
      { ...sale, minimumCommission: eur(500), customerCap: { amount: eur(499) } },
      'customerCap.amount.amount',
      'must be at least 5.00 EUR',
    ],
    [
      { ...sale, minimumCommission: eur(500), partnerBudget: { ...eur(499), period: 'month' } },
      'partnerBudget.amount',
      'must be at least 5.00 EUR',
    ],
    [
      { ...sale, minimumCommission: eur(500), programBudget: { ...eur(499), period: 'month' } },
      'programBudget.amount',
      'must be at least 5.00 EUR',
    ],
    [
      { trigger: 'sale', reward: flat, minimumOrder: usd(1) },
      'minimumOrder.currency',
      'must be "EUR", the currency of rule.reward.currency',
    ],
    [
      { ...sale, minimumOrder: eur(1), maximumCommission: usd(1) },
      'maximumCommission.currency',
      'must be "EUR"',
    ],
    [
      { ...sale, minimumOrder: eur(1), minimumCommission: usd(1) },
      'minimumCommission.currency',
      'must be "EUR"',
    ],
    [
      { ...sale, minimumOrder: eur(1), customerCap: { amount: usd(1) } },
      'customerCap.amount.currency',
      'must be "EUR"',
    ],
    [
      { ...sale, minimumOrder: eur(1), partnerBudget: { ...usd(1), period: 'year' } },
      'partnerBudget.currency',
      'must be "EUR"',
    ],
    [
      { ...sale, minimumOrder: eur(1), programBudget: { ...usd(1), period: 'year' } },
      'programBudget.currency',
      'must be "EUR"',
    ],
    [
      { trigger: 'sale', reward: tiers(step(0, flat), step(1, { ...flat, currency: 'USD' })) },
      'reward.steps.1.reward.currency',
      'must be "EUR", the currency of rule.reward.steps.0.reward.currency',
    ],
    [
      {
        trigger: 'sale',
        reward: { ...tiers(step(0), step(1)), measure: 'volume', currency: 'EUR' },
        minimumOrder: usd(1),
      },
      'minimumOrder.currency',
      'must be "EUR", the currency of rule.reward.currency',
    ],
    [
      { trigger: 'sale', reward: flat, minimumCommission: eur(1) },
      'minimumCommission',
      'must be null: a flat reward',
    ],
    [
      { trigger: 'sale', reward: flat, maximumCommission: eur(1) },
      'maximumCommission',
      'must be null: a flat reward',
    ],
    [
      { trigger: 'sale', reward: tiers(step(0, flat), step(1, flat)), maximumCommission: eur(1) },
      'maximumCommission',
      'must be null: a flat reward',
    ],
    [{ ...sale, customerCap: {} }, 'customerCap', 'must have a count or an amount'],
    [{ ...sale, customerCap: { count: 0 } }, 'customerCap.count', 'whole number from 1 to 1000000'],
    [
      { ...sale, partnerBudget: { ...eur(1), period: 'week' } },
      'partnerBudget.period',
      '"month", "quarter", "year", "all_time"',
    ],
    [{ ...sale, endsAt: '2026-12-31' }, 'endsAt', 'with its zone, such as'],
    [{ ...sale, endsAt: '2026-13-31T00:00:00Z' }, 'endsAt', 'must be an ISO 8601 time'],
    [{ ...sale, endsAt: '2026-12-31T00:00:00' }, 'endsAt', 'with its zone'],
    [{ ...sale, review: 'never' }, 'review', '"automatic", "manual"'],
    [{ ...sale, action: 'trial' }, 'action', 'must be null'],
    [{ trigger: 'action', reward: flat }, 'action', 'must be a text of 1 to 100 characters'],
    [{ trigger: 'action', action: ' trial', reward: flat }, 'action', 'without blanks around it'],
    [{ trigger: 'action', action: 'x'.repeat(101), reward: flat }, 'action', '1 to 100 characters'],
    [
      { trigger: 'action', action: 'trial', reward: percent },
      'reward.kind',
      'must be "flat": an action has no amount',
    ],
    [
      { trigger: 'lead_won', reward: { ...percent, base: 'net_of_tax' } },
      'reward.base',
      'must be "gross": the amount of a lead',
    ],
    [
      {
        trigger: 'deal_won',
        reward: tiers(
          step(0, { ...percent, base: 'net_of_tax' }),
          step(1, { ...percent, base: 'net_of_tax' }),
        ),
      },
      'reward.steps.0.reward.base',
      'must be "gross"',
    ],
    [
      { trigger: 'deal_won', reward: percent, minimumOrder: eur(1) },
      'minimumOrder',
      'must be null: a deal has no order amount',
    ],
    [
      { trigger: 'deal_won', reward: flat, products: { products: ['a'] } },
      'products',
      'must be null: a deal has no order lines',
    ],
    [
      { trigger: 'deal_won', reward: lines({ products: ['a'], basisPoints: 1 }) },
      'reward.kind',
      'must be another than "lines"',
    ],
    [
      { trigger: 'lead_won', reward: flat, duration: { kind: 'months', months: 1 } },
      'duration.kind',
      'must be "unlimited": a lead is won once',
    ],
    [
      { trigger: 'signup', reward: flat, customerCap: { count: 1 } },
      'customerCap',
      'a customer signs up once',
    ],
    [
      {
        trigger: 'signup',
        reward: { ...tiers(step(0, flat), step(1, flat)), measure: 'volume', currency: 'EUR' },
      },
      'reward.measure',
      'must be "count": a signup has no amount to add up',
    ],
    [{ trigger: 'signup', reward: tiers(step(0), step(1)) }, 'reward.steps.0.reward.kind', 'must be "flat"'],
    [
      { trigger: 'sale', reward: { ...percent, base: 'gross' }, products: { products: ['a'] } },
      'reward.base',
      'must be "net_of_tax_and_shipping"',
    ],
    [{ ...sale, products: {} }, 'products', 'must name at least one of products, categories'],
    [{ ...sale, audience: { kind: 'groups', groupIds: [] } }, 'audience.groupIds', 'must name at least one'],
    [
      { ...sale, audience: { kind: 'groups', groupIds: [GROUP, 'x'] } },
      'audience.groupIds.1',
      'starts with "grp_"',
    ],
    [
      { ...sale, audience: { kind: 'partnerships', partnershipIds: [5] } },
      'audience.partnershipIds.0',
      'starts with "psh_"',
    ],
    [
      { ...sale, audience: { kind: 'everyone', groupIds: [GROUP] } },
      'audience.groupIds',
      'is not known here',
    ],
  ])('%j: %s %s', (json, field, message) => {
    const errors = errorsOf(() => parseOfferRule(json));
    expect(errors).toContainEqual({ field: `rule.${field}`, message: expect.stringContaining(message) });
  });

  it.each<[object]>([
    [
      {
        ...sale,
        minimumCommission: eur(500),
        maximumCommission: eur(500),
        customerCap: { amount: eur(500) },
      },
    ],
    [{ ...sale, customerCap: { count: 1_000_000, amount: null } }],
    [{ trigger: 'action', action: 'x'.repeat(100), reward: flat, duration: { kind: 'months', months: 1 } }],
    [
      {
        trigger: 'lead_won',
        reward: percent,
        maximumCommission: eur(1),
        partnerBudget: { ...eur(1), period: 'year' },
      },
    ],
    [{ trigger: 'deal_won', reward: { ...tiers(step(0), step(1)), measure: 'volume', currency: 'EUR' } }],
    [
      {
        trigger: 'signup',
        reward: tiers(step(0, flat), step(1, flat)),
        programBudget: { ...eur(1), period: 'all_time' },
      },
    ],
    [
      {
        trigger: 'sale',
        reward: {
          ...lines({ products: ['a'], categories: ['a'], basisPoints: 0 }),
          otherBasisPoints: 10_000,
        },
      },
    ],
    [{ ...sale, products: { products: ['"a"'], categories: ['b, "c" and d'] } }],
    [{ ...sale, audience: { kind: 'groups', groupIds: [GROUP] }, endsAt: '2026-12-31T23:00:00+01:00' }],
    [{ ...sale, audience: { kind: 'partnerships', partnershipIds: [PARTNERSHIP] }, review: 'manual' }],
  ])('takes %j and reads back what it writes', (json) => {
    const written = offerRuleJson(parseOfferRule(json));
    expect(offerRuleJson(parseOfferRule(JSON.parse(JSON.stringify(written))))).toEqual(written);
    expect(written).toMatchObject(JSON.parse(JSON.stringify({ ...json, endsAt: written.endsAt })));
  });

  it('takes the price of the lines as the base where products are named', () => {
    const { reward } = parseOfferRule({ ...sale, products: { products: ['a'] } });
    expect(reward).toMatchObject({ base: 'net_of_tax_and_shipping' });
  });
});
