import type { CommissionRuling } from '#rules';
import type { CommissionState } from '../commission/commission-state.js';

/** Why a ruling cannot be made. */
export interface RulingProblem {
  readonly code: 'not_found' | 'commission.not_in_review' | 'commission.nothing_left';
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

export const NO_SUCH_COMMISSION: RulingProblem = {
  code: 'not_found',
  detail: 'There is no such commission, or it is not yours to see.',
};

const shown = (state: CommissionState) => state.replaceAll('_', ' ');
