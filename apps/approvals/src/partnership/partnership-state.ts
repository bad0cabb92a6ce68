import type { PartnershipState } from '#http';
import { Conflict } from '#kernel';

/** What can happen to a membership. */
export type PartnershipStep = 'apply' | 'approve' | 'decline' | 'leave' | 'remove';

/**
 * The whole life of a membership; a step that is not listed is refused. Leaving and removal are final: what
 * was earned before stays judged by [approved_at, ended_at).
 */
const TRANSITIONS: Readonly<
  Record<PartnershipState, Readonly<Partial<Record<PartnershipStep, PartnershipState>>>>
> = {
  pending: { approve: 'approved', decline: 'declined' },
  approved: { leave: 'left', remove: 'removed' },
  declined: { apply: 'pending' },
  left: {},
  removed: {},
};

const INSTEAD: Readonly<Record<PartnershipState, string>> = {
  pending: 'The application is waiting: the company can approve or decline it.',
  approved: 'The partnership is active: the partner can leave, or the company can remove the partner.',
  declined: 'The application was declined: the partner can apply again.',
  left: 'The partner has left, which is final. Partner and company can settle anything else by contact.',
  removed: 'The company has removed the partner, which is final. Only the company can be asked about it.',
};

/** @throws Conflict `partnership.<state>`, saying what is possible instead */
export function nextState(state: PartnershipState, step: PartnershipStep): PartnershipState {
  const next = TRANSITIONS[state][step];
  if (!next) throw new Conflict(`partnership.${state}`, INSTEAD[state]);
  return next;
}
