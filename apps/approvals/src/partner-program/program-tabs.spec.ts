import { readFileSync } from 'node:fs';
import { EMPTY_CODES } from './empty-states.js';
import { LOCK_REASONS, type MembershipFacts, tabsOf } from './program-tabs.js';

const approved: MembershipFacts = {
  state: 'approved',
  hasBeenMember: true,
  hasAcceptedTerms: true,
  areLinksEnabled: true,
  areLeadsEnabled: true,
  areDealsEnabled: true,
  isLinksProgram: true,
};
const newcomer = { ...approved, hasBeenMember: false };
const locks = (facts: Partial<MembershipFacts>) =>
  Object.fromEntries(tabsOf({ ...approved, ...facts }).map(({ tab, lock }) => [tab, lock?.reason ?? 'open']));
const OPEN = {
  links: 'open',
  leads: 'open',
  deals: 'open',
  customers: 'open',
  commissions: 'open',
  messages: 'open',
};

it('B-02 B-25 opens messages alone while the first application is pending', () => {
  const shut = 'APPLICATION_PENDING';
  expect(locks({ ...newcomer, state: 'pending' })).toEqual({
    links: shut,
    leads: shut,
    deals: shut,
    customers: shut,
    commissions: shut,
    messages: 'open',
  });
});

it('B-26 opens every tab on approval', () => {
  expect(locks({})).toEqual(OPEN);
});

it('B-27 locks links that the company has not enabled, whatever the terms', () => {
  expect(locks({ areLinksEnabled: false }).links).toBe('LINKS_NOT_ENABLED');
  expect(locks({ areLinksEnabled: false, hasAcceptedTerms: false }).links).toBe('LINKS_NOT_ENABLED');
});

it('B-28 B-29 says by what a program without links is referred to', () => {
  const program = { isLinksProgram: false, areLinksEnabled: false };
  expect(locks({ ...program, areDealsEnabled: false }).links).toBe('LEADS_PROGRAM');
  expect(locks({ ...program, areLeadsEnabled: false }).links).toBe('DEALS_PROGRAM');
  expect(locks({ ...program, areLeadsEnabled: false, areDealsEnabled: false }).links).toBe(
    'LINKS_NOT_ENABLED',
  );
});

it('locks leads and deals that the company does not take', () => {
  expect(locks({ areLeadsEnabled: false, areDealsEnabled: false })).toEqual({
    ...OPEN,
    leads: 'LEADS_NOT_ENABLED',
    deals: 'DEALS_NOT_ENABLED',
  });
});

it('B-36 B-37 B-38 B-39 locks links, leads and deals alone until the terms are accepted', () => {
  const shut = 'TERMS_NOT_ACCEPTED';
  expect(locks({ hasAcceptedTerms: false })).toEqual({ ...OPEN, links: shut, leads: shut, deals: shut });
});

it.each([
  ['B-18', 'removed'],
  ['B-19', 'left'],
] as const)('%s B-20 keeps own money readable and shuts the rest, Messages too, once %s', (_, state) => {
  const shut = 'MEMBERSHIP_ENDED';
  expect(locks({ state })).toEqual({ ...OPEN, links: shut, leads: shut, deals: shut, messages: shut });
});

it('keeps own money readable while who was a member asks to come back, and when that is declined', () => {
  expect(locks({ state: 'pending' })).toMatchObject({ customers: 'open', commissions: 'open' });
  expect(locks({ state: 'declined' })).toMatchObject({ customers: 'open', messages: 'APPLICATION_DECLINED' });
});

it('shuts everything on a decline and says that applying again is possible', () => {
  const tabs = tabsOf({ ...newcomer, state: 'declined' });
  expect(tabs.every(({ lock }) => lock?.message.includes('apply again'))).toBe(true);
});

it('gives every code a line in docs/membership.md', () => {
  const page = readFileSync('docs/membership.md', 'utf8');
  const codes = [...LOCK_REASONS, ...EMPTY_CODES];
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});
