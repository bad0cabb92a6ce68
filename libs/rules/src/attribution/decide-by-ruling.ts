import type { Contender } from './contenders.js';
import type { Candidate, Decision, Ruling } from './decision.js';
import { isActive, isSamePartner, type Membership } from './membership.js';
import type { CandidateReason } from './reasons.js';
import type { ReferralAction } from './referral-action.js';

/** What a person decided: no click and no code changes it, and each of them is told so. */
export function decideByRuling(
  action: ReferralAction,
  ruling: Ruling,
  contenders: readonly Contender[],
): Decision {
  if (ruling.kind === 'deleted') {
    const candidates = losing(contenders, () => 'CUSTOMER_DELETED');
    return { winner: null, reason: 'CUSTOMER_DELETED', candidates };
  }
  return ruling.membership
    ? creditAssigned(action, ruling.membership, contenders)
    : {
        winner: null,
        reason: 'ASSIGNED_TO_NOBODY',
        candidates: losing(contenders, () => 'ASSIGNED_OTHERWISE'),
      };
}

function creditAssigned(
  { occurredAt }: ReferralAction,
  membership: Membership,
  contenders: readonly Contender[],
): Decision {
  const isCredited = isActive(membership, occurredAt);
  const others = losing(contenders, (other) =>
    isSamePartner(other, membership) ? 'CREDITED_BY_ASSIGNMENT' : 'ASSIGNED_OTHERWISE',
  );
  return isCredited
    ? {
        winner: { membership, method: 'manual' },
        reason: 'CREDITED_MANUAL',
        candidates: [{ kind: 'manual', membership, reason: 'WON' }, ...others],
      }
    : {
        winner: null,
        reason: 'PARTNERSHIP_NOT_ACTIVE',
        candidates: [{ kind: 'manual', membership, reason: 'PARTNERSHIP_NOT_ACTIVE' }, ...others],
      };
}

const losing = (
  contenders: readonly Contender[],
  reasonOf: (membership: Membership) => CandidateReason,
): Candidate[] =>
  contenders.map(({ contestant, fault }) => ({
    ...contestant,
    reason: fault ?? reasonOf(contestant.membership),
  }));
