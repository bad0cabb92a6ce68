import type { PartnershipState } from '#http';

export const PROGRAM_TABS = ['links', 'leads', 'deals', 'customers', 'commissions', 'messages'] as const;
export type ProgramTab = (typeof PROGRAM_TABS)[number];

export const LOCK_REASONS = [
  'APPLICATION_PENDING',
  'APPLICATION_DECLINED',
  'MEMBERSHIP_ENDED',
  'TERMS_NOT_ACCEPTED',
  'LINKS_NOT_ENABLED',
  'LEADS_PROGRAM',
  'DEALS_PROGRAM',
  'LEADS_NOT_ENABLED',
  'DEALS_NOT_ENABLED',
] as const;
export type LockReason = (typeof LOCK_REASONS)[number];

/** Why a part of the program is shut, and what would open it, to show as it is. */
export interface TabLock {
  readonly reason: LockReason;
  readonly message: string;
}

/** Whether a part of the program is open to the partner. */
export interface TabState {
  readonly tab: ProgramTab;
  readonly lock: TabLock | null;
}

/** What of a membership decides which tabs are open. */
export interface MembershipFacts {
  readonly state: PartnershipState;
  /** Whether there was a membership before, of which money may be left to read. */
  readonly hasBeenMember: boolean;
  readonly hasAcceptedTerms: boolean;
  /** What the company enabled for this partner: by the partner, the group or the program. */
  readonly areLinksEnabled: boolean;
  readonly areLeadsEnabled: boolean;
  readonly areDealsEnabled: boolean;
  /** Whether the program as such works by links. */
  readonly isLinksProgram: boolean;
}

const MESSAGES: Readonly<Record<LockReason, string>> = {
  APPLICATION_PENDING: 'Opens when the company approves your application. Questions go to Messages.',
  APPLICATION_DECLINED: 'The company declined your application. You can apply again.',
  MEMBERSHIP_ENDED: "Your membership has ended. Use the company's contact for anything still open.",
  TERMS_NOT_ACCEPTED: 'Opens when you accept the current terms. Questions about them go to Messages.',
  LINKS_NOT_ENABLED: 'The company has not enabled links for you. You can request one.',
  LEADS_PROGRAM: 'You refer customers to this program by submitting leads, not by links.',
  DEALS_PROGRAM: 'You refer customers to this program by registering deals, not by links.',
  LEADS_NOT_ENABLED: 'The company takes no leads from you. Ask about it in Messages.',
  DEALS_NOT_ENABLED: 'The company takes no deals from you. Ask about it in Messages.',
};

/** Open or locked, per tab, as a page can show it. */
export function tabsOf(membership: MembershipFacts): TabState[] {
  return PROGRAM_TABS.map((tab) => ({ tab, lock: lockOf(tab, membership) }));
}

/** Why the tab is shut for the partner; null when it is open (B-25 to B-29, B-36 to B-39). */
export function lockOf(tab: ProgramTab, membership: MembershipFacts): TabLock | null {
  const reason = reasonOf(tab, membership);
  return reason === null ? null : { reason, message: MESSAGES[reason] };
}

function reasonOf(tab: ProgramTab, membership: MembershipFacts): LockReason | null {
  switch (tab) {
    case 'messages':
      return messagesLock(membership);
    case 'customers':
    case 'commissions':
      return ownMoneyLock(membership);
    case 'links':
    case 'leads':
    case 'deals':
      return referringLock(tab, membership);
  }
}

/** Open from the application on (B-02), whatever the terms (B-39); shut by a decline or the end (B-18, B-19). */
function messagesLock({ state }: MembershipFacts): LockReason | null {
  return state === 'declined' || isEnded(state) ? lockOfState(state) : null;
}

/** Who was ever a member goes on reading the own customers and money. */
function ownMoneyLock({ state, hasBeenMember }: MembershipFacts): LockReason | null {
  return hasBeenMember || isEnded(state) ? null : lockOfState(state);
}

function referringLock(tab: 'links' | 'leads' | 'deals', membership: MembershipFacts): LockReason | null {
  const lock = lockOfState(membership.state) ?? featureLock(tab, membership);
  return lock ?? (membership.hasAcceptedTerms ? null : 'TERMS_NOT_ACCEPTED');
}

function lockOfState(state: PartnershipState): LockReason | null {
  switch (state) {
    case 'pending':
      return 'APPLICATION_PENDING';
    case 'declined':
      return 'APPLICATION_DECLINED';
    case 'left':
    case 'removed':
      return 'MEMBERSHIP_ENDED';
    case 'approved':
      return null;
  }
}

function featureLock(tab: 'links' | 'leads' | 'deals', membership: MembershipFacts): LockReason | null {
  const { areLinksEnabled, areLeadsEnabled, areDealsEnabled, isLinksProgram } = membership;
  if (tab === 'leads') return areLeadsEnabled ? null : 'LEADS_NOT_ENABLED';
  if (tab === 'deals') return areDealsEnabled ? null : 'DEALS_NOT_ENABLED';
  if (areLinksEnabled) return null;
  if (!isLinksProgram && areLeadsEnabled) return 'LEADS_PROGRAM';
  if (!isLinksProgram && areDealsEnabled) return 'DEALS_PROGRAM';
  return 'LINKS_NOT_ENABLED';
}

const isEnded = (state: PartnershipState): boolean => state === 'left' || state === 'removed';
