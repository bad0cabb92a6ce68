import { Conflict } from '#kernel';

export const REFERRAL_STATES = ['pending', 'open', 'declined', 'won', 'lost', 'expired'] as const;
/** Where a lead or deal stands; while open, its stage says how far it is. */
export type ReferralState = (typeof REFERRAL_STATES)[number];

/** What can happen to a lead or deal. */
export type ReferralAction =
  'approve' | 'decline' | 'change' | 'move' | 'win' | 'lose' | 'reopen' | 'extend' | 'expire';

/**
 * The whole life of a lead or deal; what is not listed is refused. Only deals are extended or expire. A
 * declined one stays declined: the partner submits a new one.
 */
const TRANSITIONS: Readonly<Record<ReferralState, Readonly<Partial<Record<ReferralAction, ReferralState>>>>> =
  {
    pending: {
      approve: 'open',
      decline: 'declined',
      change: 'pending',
      extend: 'pending',
      expire: 'expired',
    },
    open: { change: 'open', move: 'open', win: 'won', lose: 'lost', extend: 'open', expire: 'expired' },
    declined: {},
    won: { reopen: 'open' },
    lost: { reopen: 'open' },
    expired: { extend: 'open' },
  };

const INSTEAD: Readonly<Record<ReferralState, string>> = {
  pending: 'It waits for approval: approve or decline it first.',
  open: 'It is open: move it to a stage, or close it as won or lost.',
  declined: 'It was declined, which is final. The partner can submit a new one.',
  won: 'It is closed as won. Reopen it first if that was wrong.',
  lost: 'It is closed as lost. Reopen it first to go on with it.',
  expired: 'Its registration has expired. Extend it first to go on with it.',
};

/** @throws Conflict `referral.<state>`, saying what is possible instead */
export function stateAfter(state: ReferralState, action: ReferralAction): ReferralState {
  const next = TRANSITIONS[state][action];
  if (!next) throw new Conflict(`referral.${state}`, INSTEAD[state]);
  return next;
}
