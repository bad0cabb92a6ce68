import { Conflict } from '#kernel';
import { REFERRAL_STATES, type ReferralAction, type ReferralState, stateAfter } from './referral-state.js';

const ACTIONS: readonly ReferralAction[] = [
  'approve',
  'decline',
  'change',
  'move',
  'win',
  'lose',
  'reopen',
  'extend',
  'expire',
];

const LIFE: Readonly<Record<ReferralState, string>> = {
  pending: 'approve→open decline→declined change→pending extend→pending expire→expired',
  open: 'change→open move→open win→won lose→lost extend→open expire→expired',
  declined: '',
  won: 'reopen→open',
  lost: 'reopen→open',
  expired: 'extend→open',
};

const possible = (state: ReferralState) =>
  ACTIONS.flatMap((action) => {
    try {
      return [`${action}→${stateAfter(state, action)}`];
    } catch {
      return [];
    }
  });

describe('the life of a lead or deal', () => {
  it.each(REFERRAL_STATES)('allows nothing but what is drawn while it is %s', (state) => {
    expect(possible(state).join(' ')).toBe(LIFE[state]);
  });

  it('says what is possible instead of what is refused', () => {
    const refused = () => stateAfter('pending', 'win');
    expect(refused).toThrow(Conflict);
    expect(refused).toThrow('It waits for approval: approve or decline it first.');
  });
});
