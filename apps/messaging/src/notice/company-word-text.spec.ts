import type { CommissionReversed, CommissionReviewed } from '#contracts';
import { adjustedText, commissionReviewedText } from './company-word-text.js';
import { reversedText } from './notice-text.js';

const names = { program: 'Beacons', company: 'Lighthouse', offer: 'One fifth', timeZone: 'Europe/Berlin' };
const commission = {
  commissionId: 'c',
  partnershipId: 'p',
  partnerId: 'r',
  programId: 'g',
  offerId: 'o',
  subject: { kind: 'order', key: 'ORD-1' },
  currency: 'EUR',
} as const;

describe('what partners read of the word of a company', () => {
  const reversed: CommissionReversed = {
    ...commission,
    amount: 0,
    change: -2000,
    reason: 'FRAUD',
    deletion: { extent: 'customer', reason: 'FRAUD', note: 'Chargebacks.' },
  };
  const reviewed: CommissionReviewed = {
    ...commission,
    amount: 2000,
    outcome: 'declined',
    reason: 'DUPLICATE',
    note: null,
  };

  it('B-43 to B-47 says what was deleted, why, in which words, and where to ask', () => {
    expect(reversedText(reversed, names)).toEqual({
      title: '20.00 EUR was taken back',
      body:
        'Lighthouse took your commission for order ORD-1 by the offer "One fifth" of Beacons back: it deleted the ' +
        'customer, because the company suspects fraud (FRAUD). Lighthouse says: Chargebacks. If you do not agree, ' +
        'write to the company in Messages.',
    });
  });

  it.each([
    ['commission', 'it deleted it, because'],
    ['subject', 'it deleted what it was for, because'],
  ] as const)('B-41 B-42 says so of a deleted %s', (extent, expected) => {
    const deletion = { extent, reason: 'TEST', note: null } as const;
    expect(reversedText({ ...reversed, deletion }, names).body).toContain(expected);
  });

  it('A-18 does not name an order that was never earned', () => {
    const { title, body } = reversedText({ ...reversed, change: 0 }, names);
    expect(title).toBe('A commission will not come');
    expect(body).not.toContain('ORD-1');
  });

  it('A-23 says that a commission was approved, or declined and why', () => {
    expect(commissionReviewedText(reviewed, names)).toEqual({
      title: '20.00 EUR was declined',
      body:
        'Lighthouse declined your commission of 20.00 EUR for order ORD-1 by the offer "One fifth" of Beacons, ' +
        'because it was counted already (DUPLICATE). If you do not agree, write to the company in Messages.',
    });
    const approved = { ...reviewed, outcome: 'approved', reason: null, note: 'Thanks!' } as const;
    expect(commissionReviewedText(approved, names)).toEqual({
      title: '20.00 EUR was approved',
      body:
        'Lighthouse approved your commission of 20.00 EUR for order ORD-1 by the offer "One fifth" of Beacons. ' +
        'Lighthouse says: Thanks!',
    });
  });

  it('says what was given or taken by hand, with the reason', () => {
    const adjusted = { ...commission, amount: 500, reason: 'Bonus for May' };
    expect(adjustedText(adjusted, names)).toEqual({
      title: 'You got 5.00 EUR',
      body: 'Lighthouse gives you 5.00 EUR in Beacons. The company says: Bonus for May',
    });
    expect(adjustedText({ ...adjusted, amount: -500 }, names)).toEqual({
      title: '5.00 EUR was taken',
      body: 'Lighthouse takes 5.00 EUR in Beacons. The company says: Bonus for May',
    });
  });
});
