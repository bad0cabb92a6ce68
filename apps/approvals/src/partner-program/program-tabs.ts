import type { PartnershipState } from '#http';

export const PROGRAM_TABS = ['links', 'customers', 'commissions', 'messages'] as const;
export type ProgramTab = (typeof PROGRAM_TABS)[number];

export const LOCK_REASONS = [
  'APPLICATION_PENDING',
  'APPLICATION_DECLINED',
  'MEMBERSHIP_ENDED',
  'TERMS_NOT_ACCEPTED',
  'LINKS_NOT_ENABLED',
] as const;
export type LockReason = (typeof LOCK_REASONS)[number];

/** Whether a part of the program is open to the partner; when locked, why and what would open it. */
export interface TabState {
  readonly tab: ProgramTab;
  readonly lock: { readonly reason: LockReason; readonly message: string } | null;
}

/** What of a membership decides which tabs are open. */
export interface MembershipFacts {
  readonly state: PartnershipState;
  readonly hasAcceptedTerms: boolean;
  readonly areLinksEnabled: boolean;
}

const MESSAGES: Readonly<Record<LockReason, string>> = {
  APPLICATION_PENDING: 'Opens when the company approves your application. Questions go to Messages.',
  APPLICATION_DECLINED: 'The company declined your application. You can apply again.',
  MEMBERSHIP_ENDED: "Your membership has ended. Use the company's contact for anything still open.",
  TERMS_NOT_ACCEPTED: 'Opens when you accept the current terms. Questions about them go to Messages.',
  LINKS_NOT_ENABLED: 'The company has not enabled links for you. Ask for one in Messages.',
};

/**
 * Open or locked, per tab, as a page can show it (B-25 to B-27, B-36, B-39). Own money stays readable after
 * the end; messages are open from the application on (B-02), and close with a decline or the end (B-20).
 */
export function tabsOf(membership: MembershipFacts): TabState[] {
  return PROGRAM_TABS.map((tab) => {
    const reason = lockOf(tab, membership);
    return { tab, lock: reason === null ? null : { reason, message: MESSAGES[reason] } };
  });
}

function lockOf(
  tab: ProgramTab,
  { state, hasAcceptedTerms, areLinksEnabled }: MembershipFacts,
): LockReason | null {
  switch (state) {
    case 'pending':
      return tab === 'messages' ? null : 'APPLICATION_PENDING';
    case 'declined':
      return 'APPLICATION_DECLINED';
    case 'left':
    case 'removed':
      return tab === 'links' || tab === 'messages' ? 'MEMBERSHIP_ENDED' : null;
    case 'approved':
      if (tab !== 'links') return null;
      if (!areLinksEnabled) return 'LINKS_NOT_ENABLED';
      return hasAcceptedTerms ? null : 'TERMS_NOT_ACCEPTED';
  }
}
