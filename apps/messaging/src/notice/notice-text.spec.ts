import type { CommissionEarned } from '#contracts';
import { earnedText, paidText, releasedText, reversedText } from './notice-text.js';
import { LIGHTHOUSE } from '../../test/lighthouse.js';

const names = { ...LIGHTHOUSE, offer: '20% in the first year' };
const now = new Date('2026-05-02T12:00:00Z');
const earned: CommissionEarned = {
  commissionId: 'c',
  partnershipId: 'p',
  partnerId: 'r',
  programId: 'g',
  offerId: 'o',
  subject: { kind: 'order', key: 'ORD-1' },
  currency: 'EUR',
  amount: 1999,
  change: 1999,
  heldUntil: '2026-05-31T22:00:00.000Z',
};

describe('the text of a notice', () => {
  it('says what was earned, by which offer, and until which local day it is held and why', () => {
    expect(earnedText(earned, names, now)).toEqual({
      title: 'You earned 19.99 EUR',
      body:
        'Order ORD-1 earned you 19.99 EUR by the offer "20% in the first year" of Lighthouse Referrals. ' +
        'It is held until 1 June 2026, so that refunds until then can be taken into account, and payable from ' +
        'that day on.',
    });
  });

  it('says the total where a commission grew, and that a hold is over where it is', () => {
    const { body } = earnedText({ ...earned, amount: 2999, change: 1000 }, names, new Date(earned.heldUntil));
    expect(body).toContain('earned you 10.00 EUR');
    expect(body).toContain('now 29.99 EUR in all');
    expect(body).toContain('Its hold is over, so it is payable.');
  });

  it('never shows the key of a person who signed up', () => {
    const subject = { kind: 'signup', key: 'jane@example.test' } as const;
    const { title, body } = earnedText({ ...earned, subject }, names, now);
    expect(title + body).not.toContain('jane');
    expect(body).toMatch(/^A signup you referred earned you/);
  });

  it('says why an amount was taken back and what is left', () => {
    const reversal = { ...earned, amount: 999, change: -1000, reason: 'REFUNDED', deletion: null } as const;
    expect(reversedText(reversal, names)).toEqual({
      title: '10.00 EUR was taken back',
      body:
        'Your commission for order ORD-1 by the offer "20% in the first year" of Lighthouse Referrals is ' +
        '10.00 EUR lower, because the customer was refunded (REFUNDED). 9.99 EUR of it is left.',
    });
    expect(reversedText({ ...reversal, amount: 0 }, names).body).toMatch(/Nothing of it is left\.$/);
  });

  it('says when the hold is over', () => {
    expect(releasedText(earned, names)).toMatchObject({ title: '19.99 EUR is payable' });
  });

  it('says what was paid and how the company names the payment', () => {
    const { partnershipId, partnerId, programId, currency } = earned;
    const payout = { payoutId: 'y', partnershipId, partnerId, programId, currency, amount: 120_000 };
    expect(paidText({ ...payout, externalReference: 'SEPA 17' }, names)).toEqual({
      title: 'You were paid 1,200.00 EUR',
      body: 'Lighthouse GmbH paid you 1,200.00 EUR for Lighthouse Referrals. It names the payment "SEPA 17".',
    });
  });
});
