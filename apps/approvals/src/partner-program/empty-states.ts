import type { ProgramTab } from './program-tabs.js';

export const EMPTY_CODES = [
  'NO_OFFERS',
  'NO_LINKS',
  'NO_LEADS',
  'NO_DEALS',
  'NO_CUSTOMERS',
  'NO_COMMISSIONS',
] as const;
export type EmptyCode = (typeof EMPTY_CODES)[number];

/** Why an open part of a program shows nothing, and what to do, to show as it is. */
export interface EmptyState {
  readonly code: EmptyCode;
  readonly message: string;
}

/** What there is to show in a tab that lists something. */
export type TabContents = Readonly<Record<Exclude<ProgramTab, 'messages'>, 'some' | 'none'>>;

const MESSAGES: Readonly<Record<EmptyCode, string>> = {
  NO_OFFERS: 'This program has no offers for you at the moment. Ask the company in Messages what it plans.',
  NO_LINKS: 'You have no link yet. Make your first one.',
  NO_LEADS: 'You have submitted no lead yet.',
  NO_DEALS: 'You have registered no deal yet.',
  NO_CUSTOMERS: 'Nobody you referred has signed up or bought yet.',
  NO_COMMISSIONS: 'You have no commission yet. Your offers say what earns one.',
};

const CODES: Readonly<Record<keyof TabContents, EmptyCode>> = {
  links: 'NO_LINKS',
  leads: 'NO_LEADS',
  deals: 'NO_DEALS',
  customers: 'NO_CUSTOMERS',
  commissions: 'NO_COMMISSIONS',
};

/** B-23: an approved partner without offers is told so, and where to ask. */
export const NO_OFFERS = emptyState('NO_OFFERS');

/** @returns null where there is something to show */
export function emptyStateOf(tab: ProgramTab, contents: TabContents): EmptyState | null {
  if (tab === 'messages' || contents[tab] === 'some') return null;
  return emptyState(CODES[tab]);
}

function emptyState(code: EmptyCode): EmptyState {
  return { code, message: MESSAGES[code] };
}
