import type { CommissionRuling } from '#rules';
import type { CommissionState } from '../commission/commission-state.js';
import type { SubjectRow } from '../subject/subject.js';
import type { Target } from './lock-targets.js';

/** Why a ruling cannot be made. */
export interface RulingProblem {
  readonly code:
    | 'not_found'
    | 'commission.not_in_review'
    | 'commission.nothing_left'
    | 'commission.credited_elsewhere'
    | 'commission.superseded';
  readonly detail: string;
}

/** @returns null when a commission in this state may be ruled on so; docs/commission-states.md draws it */
export function problemOf(kind: CommissionRuling['kind'], state: CommissionState): RulingProblem | null {
  switch (kind) {
    case 'approved':
      if (state === 'in_review' || state === 'declined') return null;
      return {
        code: 'commission.not_in_review',
        detail: `It is ${shown(state)}; only a commission that is in review, or was declined in it, can be approved.`,
      };
    case 'declined':
      if (state === 'in_review') return null;
      return {
        code: 'commission.not_in_review',
        detail: `It is ${shown(state)}; only a commission in review can be declined. Delete it to take it back.`,
      };
    case 'deleted':
      if (state !== 'reversed' && state !== 'declined') return null;
      return {
        code: 'commission.nothing_left',
        detail: `It is ${shown(state)} already: nothing of it is left to delete.`,
      };
  }
}

/**
 * What became of the subject of a declined commission since, so that approving it would pay nobody anything.
 * @returns null when it is still this partner's to earn
 */
export function lostSince(
  { partnership_id, subject_kind }: Target,
  subject: SubjectRow | undefined,
): RulingProblem | null {
  if (!subject) return null;
  if (subject.deletion_reason !== null) {
    return {
      code: 'commission.nothing_left',
      detail: `Its ${subject_kind} was deleted meanwhile, for good: nothing of it is left to approve.`,
    };
  }
  if (subject.partnership_id === partnership_id) return null;
  const whose = subject.partnership_id === null ? 'to no partner' : 'to another partner';
  return {
    code: 'commission.credited_elsewhere',
    detail: `Its ${subject_kind} is credited ${whose} now: this commission stays declined. Credit it to this partner first, or rule on the commission that the other partner has of it.`,
  };
}

/** The same offer has another commission of the subject now, in another currency. */
export const SUPERSEDED: RulingProblem = {
  code: 'commission.superseded',
  detail: 'Facts that were corrected meanwhile have put another commission in its place: rule on that one.',
};

export const NO_SUCH_COMMISSION: RulingProblem = {
  code: 'not_found',
  detail: 'There is no such commission, or it is not yours to see.',
};

const shown = (state: CommissionState) => state.replaceAll('_', ' ');
