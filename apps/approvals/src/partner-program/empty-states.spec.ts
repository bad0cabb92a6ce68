import { emptyStateOf, NO_OFFERS, type TabContents } from './empty-states.js';
import { PROGRAM_TABS } from './program-tabs.js';

const all = (what: 'some' | 'none'): TabContents => ({
  links: what,
  leads: what,
  deals: what,
  customers: what,
  commissions: what,
});

it('says of every tab that lists something why it is empty, and nothing where it is not', () => {
  const codes = PROGRAM_TABS.map((tab) => emptyStateOf(tab, all('none'))?.code ?? null);
  expect(codes).toEqual(['NO_LINKS', 'NO_LEADS', 'NO_DEALS', 'NO_CUSTOMERS', 'NO_COMMISSIONS', null]);
  expect(PROGRAM_TABS.map((tab) => emptyStateOf(tab, all('some')))).toEqual(PROGRAM_TABS.map(() => null));
});

it('B-23 sends a partner without offers to Messages', () => {
  expect(NO_OFFERS).toEqual({ code: 'NO_OFFERS', message: expect.stringContaining('Messages') });
});
