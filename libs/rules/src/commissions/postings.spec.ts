import fc from 'fast-check';
import { owedFor, payoutPostings, postingsFor } from './postings.js';

const balance = fc.bigInt({ min: -1_000_000n, max: 1_000_000n });

describe('postingsFor', () => {
  it('posts target − posted, so that the same target again posts nothing', () => {
    fc.assert(
      fc.property(balance, balance, balance, balance, (held, payable, dueHeld, duePayable) => {
        const lines = postingsFor({ held, payable }, { held: dueHeld, payable: duePayable });
        const after = { held, payable };
        for (const { account, amount } of lines) {
          if (account === 'partner_held') after.held += amount;
          if (account === 'partner_payable') after.payable += amount;
        }
        expect(after).toEqual({ held: dueHeld, payable: duePayable });
        expect(postingsFor(after, { held: dueHeld, payable: duePayable })).toEqual([]);
      }),
    );
  });

  it('I4 makes groups that sum to zero', () => {
    fc.assert(
      fc.property(balance, balance, balance, balance, (held, payable, dueHeld, duePayable) => {
        const lines = postingsFor({ held, payable }, { held: dueHeld, payable: duePayable });
        expect(lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
        expect(lines).not.toHaveLength(1);
      }),
    );
  });

  it('moves what is held to payable when the hold is over, at no cost', () => {
    expect(postingsFor({ held: 500n, payable: 0n }, owedFor(500n, 'over', 0n))).toEqual([
      { account: 'partner_held', amount: -500n },
      { account: 'partner_payable', amount: 500n },
    ]);
  });

  it('takes back what was payable when the target falls to 0', () => {
    expect(postingsFor({ held: 0n, payable: 500n }, owedFor(0n, 'over', 0n))).toEqual([
      { account: 'company_expense', amount: 500n },
      { account: 'partner_payable', amount: -500n },
    ]);
  });
});

describe('owedFor', () => {
  it('owes what is left of the target after payouts, whether the hold runs or is over', () => {
    fc.assert(
      fc.property(balance, balance, fc.constantFrom('running' as const, 'over' as const), (...of) => {
        const [target, settled, hold] = of;
        const { held, payable } = owedFor(target, hold, settled);
        expect(held + payable).toBe(target - settled);
        expect(hold === 'over' ? held : payable + settled).toBe(0n);
      }),
    );
  });

  it('goes below zero when a reversal comes after the payout', () => {
    expect(owedFor(1_333n, 'over', 2_000n)).toEqual({ held: 0n, payable: -667n });
  });
});

describe('payoutPostings', () => {
  it('I4 moves an amount on without changing what the commission comes to', () => {
    for (const step of ['taken', 'paid', 'returned'] as const) {
      const lines = payoutPostings(step, 500n);
      expect(lines).toHaveLength(2);
      expect(lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
    }
    expect(payoutPostings('taken', 500n)).toEqual([
      { account: 'partner_payable', amount: -500n },
      { account: 'partner_in_payout', amount: 500n },
    ]);
    expect(payoutPostings('paid', 500n)).toEqual([
      { account: 'partner_in_payout', amount: -500n },
      { account: 'partner_paid_out', amount: 500n },
    ]);
  });

  it('gives back exactly what it took when the payout is cancelled', () => {
    const sums = new Map<string, bigint>();
    for (const { account, amount } of [...payoutPostings('taken', -7n), ...payoutPostings('returned', -7n)]) {
      sums.set(account, (sums.get(account) ?? 0n) + amount);
    }
    expect([...sums.values()]).toEqual([0n, 0n]);
  });

  it('posts nothing for nothing', () => {
    expect(payoutPostings('paid', 0n)).toEqual([]);
  });
});
