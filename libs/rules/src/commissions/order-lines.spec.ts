import { EUR, line, order, rule, situation } from '../../test/commission-facts.js';
import { evaluate } from './evaluate.js';
import type { LineReward } from './offer-rule.js';

const LINES = [
  line('1', 6_000n, { productKey: 'desk', categoryKey: 'furniture' }),
  line('2', 1_500n, { productKey: 'lamp', categoryKey: 'furniture' }),
  line('3', 500n, { productKey: 'book' }),
];
const FURNITURE: LineReward = {
  kind: 'lines',
  rates: [
    { products: [], categories: ['furniture'], basisPoints: 1000 },
    { products: ['lamp'], categories: [], basisPoints: 2000 },
  ],
  otherBasisPoints: 100,
};
const shop = (changes = {}) => order({ lines: LINES, ...changes });

describe('a reward by lines', () => {
  const byLine = rule({ reward: FURNITURE });

  it("takes each line's own rate: the product's before the category's, the rest by the other one", () => {
    // 6000 × 10% + 1500 × 20% + 500 × 1%
    expect(evaluate(byLine, shop(), situation()).target).toBe(905n);
  });

  it('rounds once over all lines', () => {
    const cents = [1, 2, 3].map((key) => line(String(key), 5n, { categoryKey: 'furniture' }));
    expect(evaluate(byLine, order({ lines: cents }), situation()).target).toBe(2n); // 1.5, not 3 × 1
  });

  it('cannot pay for an order without lines, and says what is missing', () => {
    const evaluation = evaluate(byLine, order(), situation());
    expect(evaluation).toMatchObject({ outcome: 'not_qualified', target: 0n });
    expect(evaluation.conditions.at(-1)).toEqual({
      code: 'PRODUCTS',
      required: 'an order whose lines are known',
      actual: 'no lines',
      passed: false,
      wouldPassIf: 'its lines had been sent with it',
    });
  });
});

describe('an offer for some products', () => {
  const lamps = { products: ['lamp'], categories: [] };
  const percent = rule({
    products: lamps,
    reward: { kind: 'percent', basisPoints: 1000, base: 'net_of_tax_and_shipping' },
  });

  it('takes its percentage of their lines alone', () => {
    expect(evaluate(percent, shop(), situation())).toMatchObject({
      target: 150n,
      conditions: [{ code: 'TRIGGER' }, { code: 'PRODUCTS', actual: '1 of 3 lines', passed: true }],
    });
  });

  it('finds them by category too', () => {
    const furniture = { ...percent, products: { products: [], categories: ['furniture'] } };
    expect(evaluate(furniture, shop(), situation()).target).toBe(750n);
  });

  it('pays a flat reward only for an order that contains one', () => {
    const flat = rule({ products: lamps, reward: { kind: 'flat', amount: 300n, currency: EUR } });
    expect(evaluate(flat, shop(), situation()).target).toBe(300n);
    const without = evaluate(flat, order({ lines: LINES.slice(0, 1) }), situation());
    expect(without.conditions.at(-1)).toMatchObject({
      code: 'PRODUCTS',
      actual: 'none of them',
      passed: false,
      wouldPassIf: 'it had contained one of the products that the offer names',
    });
  });

  it('does not take a line without keys for one of them', () => {
    expect(evaluate(percent, order({ lines: [line('1', 5n)] }), situation()).outcome).toBe('not_qualified');
  });
});

describe('A-21 fulfilment by lines', () => {
  const at = new Date('2026-05-20T10:00:00Z');
  const shipped = (...keys: string[]) =>
    shop({ fulfilmentPolicy: 'lines', fulfilledAt: at, fulfilledLines: new Set(keys) });

  it('waits until the first line is fulfilled', () => {
    expect(evaluate(rule(), shop({ fulfilmentPolicy: 'lines' }), situation())).toMatchObject({
      outcome: 'waiting_fulfilment',
      amount: 2_000n,
      target: 0n,
    });
  });

  it('earns the fulfilled lines’ part of the amount', () => {
    expect(evaluate(rule(), shipped('1'), situation())).toMatchObject({
      outcome: 'earned',
      amount: 2_000n,
      target: 1_500n,
    });
    expect(evaluate(rule(), shipped('1', '2', '3'), situation()).target).toBe(2_000n);
  });

  it('earns the fulfilled lines’ own rates', () => {
    expect(evaluate(rule({ reward: FURNITURE }), shipped('2'), situation())).toMatchObject({
      amount: 905n,
      target: 300n,
    });
  });

  it('earns nothing yet when only lines that do not count are fulfilled', () => {
    const flat = rule({
      products: { products: ['lamp'], categories: [] },
      reward: { kind: 'flat', amount: 300n, currency: EUR },
    });
    expect(evaluate(flat, shipped('1'), situation()).target).toBe(0n);
    expect(evaluate(flat, shipped('1', '2'), situation()).target).toBe(300n);
  });

  it('earns all of it once nothing is left to fulfil', () => {
    const complete = shop({ fulfilmentPolicy: 'lines', fulfilledAt: at, completedAt: at });
    expect(evaluate(rule(), complete, situation()).target).toBe(2_000n);
  });

  it('lowers it by refunds as well', () => {
    expect(evaluate(rule(), { ...shipped('1'), refunded: 5_000n }, situation())).toMatchObject({
      amount: 1_000n,
      target: 750n,
    });
  });

  it('A-21 earns under policy "complete" only when nothing is left to fulfil', () => {
    const part = shop({ fulfilmentPolicy: 'complete', fulfilledAt: at, fulfilledLines: new Set(['1']) });
    expect(evaluate(rule(), part, situation()).outcome).toBe('waiting_fulfilment');
    const completedAt = new Date('2026-05-22T10:00:00Z');
    expect(evaluate(rule(), { ...part, completedAt }, situation())).toMatchObject({
      outcome: 'earned',
      target: 2_000n,
      heldUntil: new Date('2026-06-20T22:00:00Z'),
    });
  });
});
