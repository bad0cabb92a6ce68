import fc from 'fast-check';
import { owedFor, postingsFor } from './settle.js';

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
    expect(postingsFor({ held: 500n, payable: 0n }, owedFor(500n, 'over'))).toEqual([
      { account: 'partner_held', amount: -500n },
      { account: 'partner_payable', amount: 500n },
    ]);
  });

  it('takes back what was payable when the target falls to 0', () => {
    expect(postingsFor({ held: 0n, payable: 500n }, owedFor(0n, 'over'))).toEqual([
      { account: 'company_expense', amount: 500n },
      { account: 'partner_payable', amount: -500n },
    ]);
  });
});
