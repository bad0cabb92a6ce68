import { EUR, order, rule, situation, USD } from '../../test/commission-facts.js';
import { additionTo, countersOf } from './counters.js';
import { evaluate } from './evaluate.js';
import type { TieredReward } from './offer-rule.js';
import { periodOf } from './period.js';
import { AT_THE_START } from './situation.js';

const percent = (basisPoints: number) => ({ kind: 'percent', basisPoints, base: 'gross' }) as const;

const byCount: TieredReward = {
  kind: 'tiers',
  measure: 'count',
  period: 'month',
  currency: null,
  steps: [
    { after: 0n, reward: percent(1000) },
    { after: 10n, reward: percent(1500) },
    { after: 50n, reward: percent(2000) },
  ],
};
const byVolume: TieredReward = { ...byCount, measure: 'volume', currency: EUR };

const after = (tierBefore: bigint) => situation({ standing: { ...AT_THE_START, tierBefore } });

describe('tiers', () => {
  it.each([
    [0n, 1_000n],
    [9n, 1_000n],
    [10n, 1_500n],
    [49n, 1_500n],
    [50n, 2_000n],
    [5_000n, 2_000n],
  ])('after %s orders the next earns %s', (before, target) => {
    expect(evaluate(rule({ reward: byCount }), order(), after(before)).target).toBe(target);
  });

  it('say which step applies and why', () => {
    expect(evaluate(rule({ reward: byCount }), order(), after(1n)).conditions.at(-1)).toEqual({
      code: 'TIER',
      required: 'the step after 0 orders',
      actual: '1 order before it in May 2026, whatever became of them',
      passed: true,
      wouldPassIf: null,
    });
    expect(evaluate(rule({ reward: byVolume }), order(), after(20n)).conditions.at(-1)).toMatchObject({
      required: 'the step after 0.10 EUR of orders',
      actual: '0.20 EUR of orders before it in May 2026, whatever became of them',
    });
  });

  it('by volume refuse an order in another currency', () => {
    const evaluation = evaluate(rule({ reward: byVolume }), order({ currency: USD }), after(0n));
    expect(evaluation.outcome).toBe('not_qualified');
    expect(evaluation.conditions.at(-1)).toMatchObject({
      code: 'TIER',
      required: 'an amount in EUR',
      actual: '100.00 USD',
      wouldPassIf: 'it had an amount in EUR',
    });
  });
});

describe('counters', () => {
  const budget = { amount: 1n, currency: EUR, period: 'year' } as const;

  it('are needed only by rules with tiers or budgets', () => {
    expect(countersOf(rule(), order(), 'UTC')).toEqual([]);
    expect(
      countersOf(
        rule({ reward: byCount, partnerBudget: budget, programBudget: { ...budget, period: 'all_time' } }),
        order(),
        'UTC',
      ),
    ).toEqual([
      { kind: 'tier', period: '2026-05' },
      { kind: 'partner_budget', period: '2026' },
      { kind: 'program_budget', period: 'all' },
    ]);
  });

  it('add one or the volume for tiers, what is promised for budgets', () => {
    expect(additionTo('tier', rule({ reward: byCount }), order(), 7n)).toBe(1n);
    expect(additionTo('tier', rule({ reward: byVolume }), order(), 7n)).toBe(10_000n);
    expect(additionTo('tier', rule(), order(), 7n)).toBe(0n);
    expect(additionTo('partner_budget', rule(), order(), 7n)).toBe(7n);
    expect(additionTo('program_budget', rule(), order(), 7n)).toBe(7n);
  });
});

describe('periodOf', () => {
  it.each([
    ['month', '2026-12-31T22:59:59Z', '2026-12', 'December 2026'],
    ['month', '2026-12-31T23:00:00Z', '2027-01', 'January 2027'],
    ['quarter', '2026-03-31T21:59:59Z', '2026-Q1', 'the 1st quarter of 2026'],
    ['quarter', '2026-03-31T22:00:00Z', '2026-Q2', 'the 2nd quarter of 2026'],
    ['quarter', '2026-07-01T00:00:00Z', '2026-Q3', 'the 3rd quarter of 2026'],
    ['quarter', '2026-12-01T00:00:00Z', '2026-Q4', 'the 4th quarter of 2026'],
    ['year', '2026-12-31T23:00:00Z', '2027', '2027'],
    ['all_time', '2026-12-31T23:00:00Z', 'all', 'all time'],
  ] as const)('the %s of %s in Berlin is %s', (period, iso, key, text) => {
    expect(periodOf(period, new Date(iso), 'Europe/Berlin')).toEqual({ key, text });
  });
});
