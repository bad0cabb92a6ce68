import type { PartnershipState } from '#http';
import { Conflict } from '#kernel';

/** What can happen to a membership. */
export type PartnershipStep = 'apply' | 'approve' | 'decline' | 'leave' | 'remove';

/**
 * The whole life of a membership; a step that is not listed is refused. After a decline, leaving or a removal
 * the partner may apply again; what was earned before stays judged by the periods of then.
 */
const TRANSITIONS: Readonly<
  Record<PartnershipState, Readonly<Partial<Record<PartnershipStep, PartnershipState>>>>
> = {
  pending: { approve: 'approved', decline: 'declined' },
  approved: { leave: 'left', remove: 'removed' },
  declined: { apply: 'pending' },
  left: { apply: 'pending' },
  removed: { apply: 'pending' },
};

const INSTEAD: Readonly<Record<PartnershipState, string>> = {
  pending: 'The application is waiting: the company can approve or decline it.',
  approved: 'The partnership is active: the partner can leave, or the company can remove the partner.',
  declined: 'The application was declined: the partner can apply again.',
  left: 'The partner has left. The partner can apply again.',
  removed: 'The company has removed the partner. The partner can apply again, unless the company barred it.',
};

/** @throws Conflict `partnership.<state>`, saying what is possible instead */
export function nextState(state: PartnershipState, step: PartnershipStep): PartnershipState {
  const next = TRANSITIONS[state][step];
  if (!next) throw new Conflict(`partnership.${state}`, INSTEAD[state]);
  return next;
}
