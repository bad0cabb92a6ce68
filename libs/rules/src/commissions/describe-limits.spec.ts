import { asId } from '#kernel';
import { EUR, PARTNERSHIP, rule } from '../../test/commission-facts.js';
import { describeOffer } from './describe-offer.js';
import type { OfferRule } from './offer-rule.js';

const eur = (amount: bigint) => ({ amount, currency: EUR });
const GROUP = asId('Group', '00000000-0000-7000-8000-00000000000a');
const flat = { kind: 'flat', ...eur(700n) } as const;
const percent = (basisPoints: number) => ({ kind: 'percent', basisPoints, base: 'gross' }) as const;

/** The text without its first and its last sentence, which say the reward and the hold. */
const restOf = (changes: Partial<OfferRule>): string =>
  describeOffer(rule({ holdDays: 0, ...changes }))
    .replace(
      'Earn 20% of what the customer pays, tax and shipping included, on each order of a customer you referred.',
      '',
    )
    .replace('Refunds lower the commission in proportion. It is payable at once.', '')
    .trim();

describe('B-34 the text of a limit', () => {
  it.each<[Partial<OfferRule>, string]>([
    [{}, ''],
    [
      { minimumCommission: eur(500n) },
      'Only orders with an amount in EUR earn. It is at least 5.00 EUR for one order.',
    ],
    [
      { maximumCommission: eur(5_000n) },
      'Only orders with an amount in EUR earn. It is at most 50.00 EUR for one order.',
    ],
    [
      { minimumCommission: eur(500n), maximumCommission: eur(5_000n) },
      'Only orders with an amount in EUR earn. It is at least 5.00 EUR and at most 50.00 EUR for one order.',
    ],
    [{ minimumOrder: eur(500n) }, 'Only orders of at least 5.00 EUR count.'],
    [
      { customerCap: { count: 1, amount: null } },
      'Only the first order of each customer counts, whatever becomes of it.',
    ],
    [
      { customerCap: { count: 2, amount: null } },
      'Only the first 2 orders of each customer count, whatever becomes of them.',
    ],
    [
      { customerCap: { count: null, amount: eur(500n) } },
      'Only orders with an amount in EUR earn. One customer earns you at most 5.00 EUR; refunds give nothing of it back.',
    ],
    [
      { partnerBudget: { ...eur(500n), period: 'month' } },
      'Only orders with an amount in EUR earn. It pays at most 5.00 EUR for each partner in a calendar month, ' +
        'in the order it is recorded; refunds give nothing of it back.',
    ],
    [
      { programBudget: { ...eur(500n), period: 'all_time' } },
      'Only orders with an amount in EUR earn. It pays at most 5.00 EUR for all partners together in all, ' +
        'in the order it is recorded; refunds give nothing of it back.',
    ],
    [{ audience: { kind: 'groups', groupIds: [GROUP] } }, 'It is for partners of certain groups.'],
    [{ audience: { kind: 'partnerships', partnershipIds: [PARTNERSHIP] } }, 'It is for certain partners.'],
    [
      { endsAt: new Date('2026-12-31T23:00:00Z') },
      'What happens from 2026-12-31T23:00:00.000Z on earns nothing.',
    ],
  ])('%j', (changes, text) => {
    expect(restOf(changes)).toBe(text);
  });

  it('says nothing of the currency where a flat reward has a budget', () => {
    const text = describeOffer(rule({ reward: flat, partnerBudget: { ...eur(900n), period: 'year' } }));
    expect(text).not.toContain('Only orders');
    expect(text).toContain('It pays at most 9.00 EUR for each partner in a calendar year,');
  });

  it('says that a person looks at it', () => {
    expect(describeOffer(rule({ review: 'manual' }))).toMatch(
      /The company looks at each commission before it is payable\.$/,
    );
  });
});

describe('B-34 the text of a reward', () => {
  const first = (changes: Partial<OfferRule>) => describeOffer(rule({ holdDays: 0, ...changes }));

  it.each<[Partial<OfferRule>, string]>([
    [{ trigger: 'lead_won', reward: flat }, 'Earn 7.00 EUR for each lead of yours that is won.'],
    [{ trigger: 'deal_won' }, 'Earn 20% of the amount on each deal of yours that is won.'],
    [
      { trigger: 'action', action: 'trial "plus"', reward: flat },
      String.raw`Earn 7.00 EUR for each action "trial \"plus\"" of a customer you referred.`,
    ],
    [
      { reward: flat, products: { products: ['desk'], categories: ['books'] } },
      'Earn 7.00 EUR for each order of a customer you referred with the product "desk" or the category "books" in it.',
    ],
    [
      { products: { products: ['desk', 'lamp'], categories: ['books'] } },
      'Earn 20% of what the customer pays for the product "desk", the product "lamp" and the category "books" ' +
        'without tax and shipping on each order of a customer you referred.',
    ],
    [
      {
        reward: {
          kind: 'lines',
          rates: [{ products: ['desk'], categories: [], basisPoints: 1000 }],
          otherBasisPoints: 0,
        },
      },
      'Earn, of what the customer pays without tax and shipping on each order of a customer you referred: ' +
        '10% for the product "desk"; nothing for everything else. ' +
        'The rate of a product goes before that of its category.',
    ],
    [
      {
        reward: {
          kind: 'lines',
          rates: [
            { products: [], categories: ['a'], basisPoints: 1000 },
            { products: ['b'], categories: [], basisPoints: 50 },
          ],
          otherBasisPoints: 25,
        },
      },
      '10% for the category "a"; 0.5% for the product "b"; 0.25% for everything else.',
    ],
    [
      {
        reward: {
          kind: 'tiers',
          measure: 'count',
          period: 'quarter',
          currency: null,
          steps: [
            { after: 0n, reward: percent(1000) },
            { after: 1n, reward: percent(1500) },
            { after: 50n, reward: percent(2000) },
          ],
        },
      },
      'Earn 10% of what the customer pays, tax and shipping included, on each order of a customer you referred; ' +
        '15% after 1 order and 20% after 50 orders in a calendar quarter. ' +
        'Each order that earns counts in the order it is recorded, and goes on counting whatever becomes of it.',
    ],
    [
      {
        trigger: 'deal_won',
        reward: {
          kind: 'tiers',
          measure: 'volume',
          period: 'year',
          currency: EUR,
          steps: [
            { after: 0n, reward: flat },
            { after: 100_000n, reward: { ...flat, amount: 900n } },
          ],
        },
      },
      'Earn 7.00 EUR for each deal of yours that is won; 9.00 EUR after 1,000.00 EUR of deals in a calendar year. ' +
        'Each deal that earns counts in the order it is recorded, and goes on counting whatever becomes of it. ' +
        'Only deals with an amount in EUR earn.',
    ],
  ])('%#', (changes, text) => {
    expect(first(changes)).toContain(text);
  });

  it.each([
    ['lead_won', 'the lead is won'],
    ['deal_won', 'the deal is won'],
  ] as const)('says from when a %s is held', (trigger, start) => {
    expect(describeOffer(rule({ trigger, reward: flat, holdDays: 2 }))).toContain(
      `It becomes payable 2 days after ${start}.`,
    );
  });
});
