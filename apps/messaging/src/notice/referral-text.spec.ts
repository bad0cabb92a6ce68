import type { ReferralClosed, ReferralReviewed } from '#contracts';
import { dealExpiredText, referralClosedText, referralReviewedText } from './referral-text.js';
import { LIGHTHOUSE } from '../../test/lighthouse.js';

const names = { ...LIGHTHOUSE, offer: 'an offer' };
const reviewed: ReferralReviewed = {
  referralId: 'f',
  kind: 'lead',
  partnershipId: 'p',
  partnerId: 'r',
  programId: 'g',
  submittedAt: '2026-05-11T22:30:00.000Z',
  outcome: 'approved',
  reason: null,
};
const closed: ReferralClosed = {
  ...reviewed,
  kind: 'deal',
  revision: 1,
  groupId: 'u',
  outcome: 'won',
  customerKey: 'ada@acme.example',
  email: 'ada@acme.example',
  amount: 250_000,
  currency: 'EUR',
};

describe('the text of a notice about a lead or deal', () => {
  it('A-23 says what became of it by its local day, without the person', () => {
    expect(referralReviewedText(reviewed, names)).toEqual({
      title: 'Your lead was approved',
      body:
        'Your lead of 12 May 2026 in Lighthouse Referrals was approved. ' +
        'The company goes on with it; its stages are in your leads.',
    });
    const declined = { ...reviewed, outcome: 'declined', reason: 'They are a customer already.' } as const;
    expect(referralReviewedText(declined, names)).toEqual({
      title: 'Your lead was declined',
      body: 'Your lead of 12 May 2026 in Lighthouse Referrals was declined. They are a customer already.',
    });
  });

  it('B-31 says how it was closed, and that what it earns is told apart', () => {
    expect(referralClosedText(closed, names)).toEqual({
      title: 'Your deal was won',
      body:
        'Lighthouse GmbH closed your deal of 12 May 2026 in Lighthouse Referrals as won. ' +
        'What it earns by your offers, if anything, is told in a notice of its own.',
    });
    const lost = { ...closed, outcome: 'lost', customerKey: null, reason: 'No budget.' } as const;
    expect(referralClosedText(lost, names).body).toBe(
      'Lighthouse GmbH closed your deal of 12 May 2026 in Lighthouse Referrals as lost. No budget.',
    );
  });

  it('says that a registration has expired, and what can be done', () => {
    expect(dealExpiredText({ ...reviewed, kind: 'deal' }, names).body).toBe(
      'Your deal of 12 May 2026 in Lighthouse Referrals no longer keeps its account from other partners. ' +
        'Ask the company to extend it, or register the account again.',
    );
  });
});
