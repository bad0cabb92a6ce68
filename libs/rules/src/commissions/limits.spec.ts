import { EUR, order, rule, situation, USD } from '../../test/commission-facts.js';
import { evaluate } from './evaluate.js';
import { AT_THE_START } from './situation.js';

const eur = (amount: bigint) => ({ amount, currency: EUR });
const failedOf = ({ conditions }: ReturnType<typeof evaluate>) =>
  conditions.filter(({ passed }) => !passed).map(({ code }) => code);

describe('the range of one commission', () => {
  const ranged = rule({ minimumCommission: eur(500n), maximumCommission: eur(5_000n) });

  it.each([
    [2_499n, 500n],
    [2_500n, 500n],
    [2_505n, 501n],
    [24_995n, 4_999n],
    [25_000n, 5_000n],
    [25_005n, 5_000n],
  ])('an order of %s earns %s', (amount, target) => {
    expect(evaluate(ranged, order({ amount }), situation()).target).toBe(target);
  });

  it('refunds lower what the range made of it in proportion, to exactly 0', () => {
    const huge = (refunded: bigint) =>
      evaluate(ranged, order({ amount: 100_000n, refunded }), situation()).target;
    expect([huge(0n), huge(50_000n), huge(99_999n), huge(100_000n)]).toEqual([5_000n, 2_500n, 0n, 0n]);
    const small = evaluate(ranged, order({ amount: 100n, refunded: 50n }), situation());
    expect(small).toMatchObject({ promised: 500n, target: 250n });
  });

  it('refuses an order in another currency instead of converting the limit', () => {
    const evaluation = evaluate(ranged, order({ currency: USD }), situation());
    expect(evaluation).toMatchObject({ outcome: 'not_qualified', target: 0n });
    expect(evaluation.conditions).toContainEqual({
      code: 'CURRENCY',
      required: 'in EUR',
      actual: 'in USD',
      passed: false,
      wouldPassIf: 'it were in EUR',
    });
  });
});

describe("the customer's cap", () => {
  const first3 = rule({ customerCap: { count: 3, amount: null } });

  it('takes the last one inside and refuses the next', () => {
    const used = (count: number) => situation({ used: { count, amount: 0n } });
    expect(evaluate(first3, order(), used(2)).outcome).toBe('earned');
    const fourth = evaluate(first3, order(), used(3));
    expect(fourth.conditions).toContainEqual({
      code: 'CUSTOMER_COUNT',
      required: 'among the first 3 orders of the customer',
      actual: 'number 4, those before it counted whatever became of them',
      passed: false,
      wouldPassIf: 'it had been among the first 3 orders of the customer',
    });
  });

  it('names a single one', () => {
    const onlyFirst = rule({ customerCap: { count: 1, amount: null } });
    const second = evaluate(onlyFirst, order(), situation({ used: { count: 1, amount: 0n } }));
    expect(second.conditions.at(-1)?.required).toBe('among the first order of the customer');
  });

  it('pays what is left of the amount, then nothing', () => {
    const capped = rule({ customerCap: { count: null, amount: eur(5_000n) } });
    const after = (amount: bigint) => evaluate(capped, order(), situation({ used: { count: 9, amount } }));
    expect(after(3_000n).target).toBe(2_000n);
    expect(after(3_001n).target).toBe(1_999n);
    expect(after(4_999n).target).toBe(1n);
    expect(failedOf(after(5_000n))).toEqual(['CUSTOMER_AMOUNT']);
    expect(after(5_000n).conditions.at(-1)).toMatchObject({
      required: 'at most 50.00 EUR for one customer',
      actual: '50.00 EUR before it, refunds give nothing of it back',
      wouldPassIf: 'less had been earned before it',
    });
  });
});

describe('budgets', () => {
  const budget = { ...eur(10_000n), period: 'month' } as const;

  it('pay what is left of them, then nothing', () => {
    const mine = rule({ partnerBudget: budget });
    const spent = (partnerSpent: bigint) =>
      evaluate(mine, order(), situation({ standing: { ...AT_THE_START, partnerSpent } }));
    expect(spent(0n).conditions.at(-1)).toMatchObject({
      required: 'at most 100.00 EUR for you in May 2026',
      actual: '0.00 EUR before it',
    });
    expect(spent(8_000n).target).toBe(2_000n);
    expect(spent(8_001n).target).toBe(1_999n);
    expect(failedOf(spent(10_000n))).toEqual(['PARTNER_BUDGET']);
  });

  it('of all partners tell nobody what the others earned', () => {
    const all = rule({ programBudget: { ...budget, period: 'all_time' } });
    const spent = (programSpent: bigint) =>
      evaluate(all, order(), situation({ standing: { ...AT_THE_START, programSpent } }));
    expect(spent(9_000n)).toMatchObject({ target: 1_000n });
    expect(spent(9_000n).conditions.at(-1)?.actual).toBe('not used up');
    expect(spent(10_000n).conditions.at(-1)).toEqual({
      code: 'PROGRAM_BUDGET',
      required: 'at most 100.00 EUR for all partners',
      actual: 'used up, refunds give nothing of it back',
      passed: false,
      wouldPassIf: 'it had come earlier',
    });
  });

  it('never pay more than was granted when the subject took its place, and less if facts lower it', () => {
    const granted = { ...AT_THE_START, granted: 700n };
    const mine = rule({ partnerBudget: budget });
    expect(evaluate(mine, order(), situation({ standing: granted })).target).toBe(700n);
    expect(evaluate(mine, order({ amount: 3_000n }), situation({ standing: granted })).target).toBe(600n);
    expect(evaluate(rule(), order(), situation({ standing: granted })).target).toBe(2_000n);
  });

  it('the narrowest limit counts', () => {
    const both = rule({ partnerBudget: budget, programBudget: budget, maximumCommission: eur(1_500n) });
    const standing = { ...AT_THE_START, partnerSpent: 9_000n, programSpent: 9_300n };
    expect(evaluate(both, order(), situation({ standing })).target).toBe(700n);
    expect(evaluate(both, order(), situation()).target).toBe(1_500n);
  });
});
