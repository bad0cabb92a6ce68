import { EUR, order, rule, signup, situation, USD } from '../../test/commission-facts.js';
import { evaluate, withdrawn } from './evaluate.js';

describe('the amount', () => {
  it.each([
    ['gross', 2_000n],
    ['net_of_tax', 1_681n], // 8403 × 20% = 1680.6
    ['net_of_tax_and_shipping', 1_581n], // 7903 × 20% = 1580.6
  ] as const)('takes a percentage of the %s base', (base, amount) => {
    const reward = { kind: 'percent', basisPoints: 2000, base } as const;
    expect(evaluate(rule({ reward }), order(), situation()).target).toBe(amount);
  });

  it('rounds half away from zero, once', () => {
    const reward = { kind: 'percent', basisPoints: 5000, base: 'gross' } as const;
    expect(evaluate(rule({ reward }), order({ amount: 1n }), situation()).target).toBe(1n);
    expect(evaluate(rule({ reward }), order({ amount: 3n, refunded: 2n }), situation()).target).toBe(1n);
  });

  it('takes the rate of the remaining base after a partial refund', () => {
    expect(evaluate(rule(), order({ refunded: 3_333n }), situation()).target).toBe(1_333n);
  });

  it('lowers a flat reward in the proportion of the refund', () => {
    const flat = rule({ reward: { kind: 'flat', amount: 500n, currency: USD } });
    expect(evaluate(flat, order({ refunded: 2_500n }), situation())).toMatchObject({
      target: 375n,
      currency: 'USD',
    });
  });

  it.each([
    ['percent', rule()],
    ['flat', rule({ reward: { kind: 'flat', amount: 7n, currency: EUR } })],
  ])('is exactly 0 after a full refund (%s)', (_, offer) => {
    expect(evaluate(offer, order({ refunded: 10_000n }), situation()).target).toBe(0n);
  });

  it('never falls below 0 when tax and shipping exceed the amount', () => {
    const reward = { kind: 'percent', basisPoints: 2000, base: 'net_of_tax_and_shipping' } as const;
    expect(evaluate(rule({ reward }), order({ tax: 9_800n }), situation()).target).toBe(0n);
  });

  it('pays nothing of a free order by percentage, and a flat reward in full', () => {
    expect(evaluate(rule(), order({ amount: 0n }), situation()).target).toBe(0n);
    const flat = rule({ reward: { kind: 'flat', amount: 500n, currency: EUR } });
    expect(evaluate(flat, order({ amount: 0n }), situation()).target).toBe(500n);
  });
});

describe('the trigger', () => {
  const bonus = rule({ trigger: 'signup', reward: { kind: 'flat', amount: 500n, currency: EUR } });

  it('B-31 pays a flat reward for a signup', () => {
    expect(evaluate(bonus, signup, situation())).toMatchObject({ outcome: 'earned', target: 500n });
  });

  it('B-32 pays no signup reward for a sale, and says so', () => {
    expect(evaluate(bonus, order(), situation())).toMatchObject({
      outcome: 'not_qualified',
      target: 0n,
      conditions: [{ code: 'TRIGGER', required: 'a signup', actual: 'a sale', passed: false }],
    });
  });

  it('B-32 pays no sale reward for a signup', () => {
    expect(evaluate(rule(), signup, situation())).toMatchObject({ outcome: 'not_qualified', target: 0n });
  });
});

describe('the duration', () => {
  const firstYear = rule({ duration: { kind: 'months', months: 12, anchor: 'first_payment' } });
  const at = (occurredAt: string, firstPaidAt: string) =>
    evaluate(
      firstYear,
      order({ occurredAt: new Date(occurredAt) }),
      situation({ customer: { signedUpAt: null, firstPaidAt: new Date(firstPaidAt) } }),
    ).outcome;

  it('B-35 counts the last millisecond before 12 months as inside', () => {
    expect(at('2027-05-12T09:59:59.999Z', '2026-05-12T10:00:00Z')).toBe('earned');
  });

  it('B-35 counts exactly 12 months as outside', () => {
    expect(at('2027-05-12T10:00:00.000Z', '2026-05-12T10:00:00Z')).toBe('not_qualified');
  });

  it('B-35 ends a year that began on 29 February on 28 February', () => {
    expect(at('2029-02-28T10:59:59.999Z', '2028-02-29T11:00:00Z')).toBe('earned');
    expect(at('2029-02-28T11:00:00.000Z', '2028-02-29T11:00:00Z')).toBe('not_qualified');
  });

  it("B-35 counts in the program's zone: across a clock change the local time stays", () => {
    const oneMonth = rule({ duration: { kind: 'months', months: 1, anchor: 'first_payment' } });
    const customer = { signedUpAt: null, firstPaidAt: new Date('2026-03-15T11:00:00Z') }; // 12:00 CET
    const judge = (iso: string) =>
      evaluate(oneMonth, order({ occurredAt: new Date(iso) }), situation({ customer })).outcome;
    expect(judge('2026-04-15T09:59:59.999Z')).toBe('earned'); // before 12:00 CEST
    expect(judge('2026-04-15T10:00:00Z')).toBe('not_qualified');
  });

  it("B-35 starts at the order itself when it is the customer's first", () => {
    expect(evaluate(firstYear, order(), situation()).outcome).toBe('earned');
  });

  it('B-35 counts from the signup when the offer says so, and explains one that is not known', () => {
    const bySignup = rule({ duration: { kind: 'months', months: 12, anchor: 'signup' } });
    const customer = { signedUpAt: new Date('2025-05-12T10:00:00Z'), firstPaidAt: null };
    expect(evaluate(bySignup, order(), situation({ customer })).outcome).toBe('not_qualified');
    expect(evaluate(bySignup, order(), situation()).conditions).toContainEqual({
      code: 'DURATION',
      required: "within 12 months of the customer's signup",
      actual: 'signup not known',
      passed: false,
      wouldPassIf: 'the signup were known',
    });
  });
});

describe('the minimum', () => {
  const minimum = rule({ minimumOrder: { amount: 5_000n, currency: EUR } });

  it('B-32 takes an order of exactly the minimum and refuses one a cent below', () => {
    expect(evaluate(minimum, order({ amount: 5_000n }), situation()).outcome).toBe('earned');
    const below = evaluate(minimum, order({ amount: 4_999n }), situation());
    expect(below.outcome).toBe('not_qualified');
    expect(below.conditions).toContainEqual({
      code: 'MINIMUM_ORDER',
      required: 'an order of at least 50.00 EUR',
      actual: '49.99 EUR',
      passed: false,
      wouldPassIf: 'it had been an order of at least 50.00 EUR',
    });
  });

  it('refuses another currency instead of converting it', () => {
    expect(evaluate(minimum, order({ currency: USD }), situation()).outcome).toBe('not_qualified');
  });

  it('looks at the order as placed, not at what refunds left of it', () => {
    expect(evaluate(minimum, order({ refunded: 9_000n }), situation())).toMatchObject({
      outcome: 'earned',
      target: 200n,
    });
  });
});

describe('fulfilment', () => {
  it('A-18 waits with nothing to post until an order of policy "first" is fulfilled', () => {
    expect(evaluate(rule(), order({ fulfilmentPolicy: 'first' }), situation())).toMatchObject({
      outcome: 'waiting_fulfilment',
      amount: 2_000n,
      target: 0n,
      heldUntil: null,
    });
  });

  it('A-19 A-21 is earned at the first fulfilment, and holds from there', () => {
    const fulfilledAt = new Date('2026-05-20T10:00:00Z');
    expect(evaluate(rule(), order({ fulfilmentPolicy: 'first', fulfilledAt }), situation())).toMatchObject({
      outcome: 'earned',
      target: 2_000n,
      heldUntil: new Date('2026-06-18T22:00:00Z'),
    });
  });

  it('A-21 is earned at payment under policy "none"', () => {
    expect(evaluate(rule(), order(), situation())).toMatchObject({
      outcome: 'earned',
      heldUntil: new Date('2026-06-10T22:00:00Z'),
    });
  });
});

it('takes an earlier yes back with a reason, and says nothing that could mend it', () => {
  expect(withdrawn(EUR, 'credited elsewhere')).toEqual({
    outcome: 'withdrawn',
    conditions: [
      {
        code: 'CREDITED',
        required: 'credited to this partnership, with these facts',
        actual: 'credited elsewhere',
        passed: false,
        wouldPassIf: null,
      },
    ],
    currency: 'EUR',
    promised: 0n,
    amount: 0n,
    target: 0n,
    heldUntil: null,
    review: 'automatic',
  });
});
