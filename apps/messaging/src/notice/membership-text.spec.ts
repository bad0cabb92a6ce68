import { linkRequestReviewedText, removedText, reviewedText, termsPublishedText } from './membership-text.js';
import { LIGHTHOUSE, MEMBERSHIP } from '../../test/lighthouse.js';

const names = { ...LIGHTHOUSE, offer: '' };

describe('the text of a notice on a membership', () => {
  it('B-22 says the outcome of an application, the reason, and what can be done', () => {
    const review = { applicationId: 'a', partnershipId: 'p', programId: 'g', partnerId: 'r' };
    const declined = reviewedText({ ...review, outcome: 'declined', reason: 'No website yet.' }, names);
    expect(declined.body).toBe(
      'Lighthouse GmbH declined your application to Lighthouse Referrals. ' +
        'The company says: No website yet. You can apply again.',
    );
    const approved = reviewedText({ ...review, outcome: 'approved', reason: null }, names);
    expect(approved.body).toBe('Lighthouse GmbH approved your application to Lighthouse Referrals.');
  });

  it('B-21 says why a membership ended, what stays, and whether there is a way back', () => {
    const removal = { ...MEMBERSHIP, reason: 'Fake traffic.' };
    const { title, body } = removedText({ ...removal, mayApplyAgain: true }, names);
    expect(title).toBe('Your partnership with Lighthouse Referrals has ended');
    expect(body).toContain('The company says: Fake traffic.');
    expect(body).toContain('what you earned before stays yours. You can apply again.');
    expect(removedText({ ...removal, mayApplyAgain: false }, names).body).toMatch(/takes no new application/);
  });

  it('B-36 B-39 says what new terms shut, and where questions on them go', () => {
    const { body } = termsPublishedText({ ...MEMBERSHIP, version: 2 }, names);
    expect(body).toContain('version 2');
    expect(body).toContain('Until you accept it you cannot make links, submit leads or register deals');
    expect(body).toContain('Questions go to Messages.');
  });

  it('B-30 says where a granted link leads, or why there is none', () => {
    const answer = { ...MEMBERSHIP, linkRequestId: 'l' };
    const granted = {
      ...answer,
      outcome: 'granted',
      reason: null,
      destinationUrl: 'https://a.test/',
    } as const;
    expect(linkRequestReviewedText(granted, names).body).toBe(
      'The link leads to https://a.test/. You find it under Links of Lighthouse Referrals: copy its address and hand it out.',
    );
    const refused = { ...answer, outcome: 'refused', reason: 'No coupons.', destinationUrl: null } as const;
    expect(linkRequestReviewedText(refused, names).body).toContain('The company says: No coupons.');
  });
});
