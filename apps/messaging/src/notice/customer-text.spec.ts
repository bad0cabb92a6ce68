import { customerDeletedText } from './customer-text.js';

const names = { program: 'Beacons', company: 'Lighthouse', offer: 'One fifth', timeZone: 'Europe/Berlin' };
const since = '2026-05-11T22:30:00.000Z';

describe('what a partner reads of a deleted customer', () => {
  it('B-40 B-44 B-46 B-47 is which one by its day, why, in which words, what of the money, and where to ask', () => {
    const deletion = { reason: 'ACCOUNT_CANCELLED', note: 'Closed in May.', commissions: 'keep' } as const;
    expect(customerDeletedText(deletion, since, names)).toEqual({
      title: 'A customer of yours was deleted',
      body:
        'Lighthouse deleted your customer since 12 May 2026 in Beacons, because the customer cancelled their account ' +
        '(ACCOUNT_CANCELLED). Lighthouse says: Closed in May. What it has earned you so far stays yours. It stays in ' +
        'your list of customers, as deleted. If you do not agree, write to the company in Messages.',
    });
  });

  it('B-43 says that what it earned is taken back', () => {
    const deletion = { reason: 'REFUNDED', note: null, commissions: 'reverse' } as const;
    expect(customerDeletedText(deletion, since, names).body).toContain(
      'the customer was refunded (REFUNDED). What it has earned you is taken back',
    );
  });
});
