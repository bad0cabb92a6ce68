import { type MembershipFacts, tabsOf } from './program-tabs.js';

const approved: MembershipFacts = { state: 'approved', hasAcceptedTerms: true, areLinksEnabled: true };
const locks = (facts: Partial<MembershipFacts>) =>
  Object.fromEntries(tabsOf({ ...approved, ...facts }).map(({ tab, lock }) => [tab, lock?.reason ?? 'open']));

it('B-02 B-25 opens messages alone while the application is pending', () => {
  const shut = 'APPLICATION_PENDING';
  expect(locks({ state: 'pending' })).toEqual({
    links: shut,
    customers: shut,
    commissions: shut,
    messages: 'open',
  });
});

it('B-26 opens every tab on approval', () => {
  expect(locks({})).toEqual({ links: 'open', customers: 'open', commissions: 'open', messages: 'open' });
});

it('B-27 locks links that the company has not enabled, whatever the terms', () => {
  expect(locks({ areLinksEnabled: false }).links).toBe('LINKS_NOT_ENABLED');
  expect(locks({ areLinksEnabled: false, hasAcceptedTerms: false }).links).toBe('LINKS_NOT_ENABLED');
});

it('B-36 B-39 locks links alone until the terms are accepted', () => {
  expect(locks({ hasAcceptedTerms: false })).toEqual({
    links: 'TERMS_NOT_ACCEPTED',
    customers: 'open',
    commissions: 'open',
    messages: 'open',
  });
});

it.each(['left', 'removed'] as const)('B-20 keeps own money readable and shuts the rest once %s', (state) => {
  expect(locks({ state })).toEqual({
    links: 'MEMBERSHIP_ENDED',
    customers: 'open',
    commissions: 'open',
    messages: 'MEMBERSHIP_ENDED',
  });
});

it('shuts everything on a decline and says that applying again is possible', () => {
  const tabs = tabsOf({ ...approved, state: 'declined' });
  expect(tabs.every(({ lock }) => lock?.message.includes('apply again'))).toBe(true);
});
