import type { CustomerTie, Decision } from './decision.js';
import { isActive, isSamePartner, type Membership } from './membership.js';
import type { DecisionReason } from './reasons.js';
import type { ReferralAction } from './referral-action.js';

type LostReferralReason = DecisionReason &
  ('PARTNERSHIP_NOT_ACTIVE' | 'CUSTOMER_DELETED' | 'ASSIGNED_OTHERWISE' | 'CUSTOMER_ALREADY_BOUND');

/**
 * A won lead or deal credits who submitted it, in the program it was submitted to, or nobody: it cannot credit
 * the other partner whom the customer already belongs to.
 */
export function decideReferral(
  action: ReferralAction,
  submittedBy: Membership,
  customer: CustomerTie,
): Decision {
  const kind = action.kind === 'deal' ? 'deal' : 'lead';
  const lost = isActive(submittedBy, action.occurredAt)
    ? reasonLost(submittedBy, customer)
    : 'PARTNERSHIP_NOT_ACTIVE';
  if (lost) {
    return { winner: null, reason: lost, candidates: [{ kind, membership: submittedBy, reason: lost }] };
  }
  return {
    winner: { membership: submittedBy, method: kind },
    reason: kind === 'deal' ? 'CREDITED_DEAL' : 'CREDITED_LEAD',
    candidates: [{ kind, membership: submittedBy, reason: 'WON' }],
  };
}

function reasonLost(submittedBy: Membership, { boundTo, ruling }: CustomerTie): LostReferralReason | null {
  if (ruling?.kind === 'deleted') return 'CUSTOMER_DELETED';
  if (ruling) {
    const isOwn = ruling.membership !== null && isSamePartner(ruling.membership, submittedBy);
    return isOwn ? null : 'ASSIGNED_OTHERWISE';
  }
  return boundTo && !isSamePartner(boundTo, submittedBy) ? 'CUSTOMER_ALREADY_BOUND' : null;
}

/** The company closed a lead or deal as lost that it had closed as won before. */
export const loseReferral = (kind: 'lead' | 'deal', submittedBy: Membership): Decision => ({
  winner: null,
  reason: 'REFERRAL_LOST',
  candidates: [{ kind, membership: submittedBy, reason: 'REFERRAL_LOST' }],
});
