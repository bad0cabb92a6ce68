/** The program and company that the texts of notices are about in tests. */
export const LIGHTHOUSE = {
  program: 'Lighthouse Referrals',
  company: 'Lighthouse GmbH',
  timeZone: 'Europe/Berlin',
} as const;

/** One partner's membership of it, as events name it. */
export const MEMBERSHIP = { partnershipId: 'p', programId: 'g', partnerId: 'r' } as const;
