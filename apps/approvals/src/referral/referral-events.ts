import type { NewEvent } from '#bus';
import type { ReferralKind } from '#contracts';
import { amountJson, type Id } from '#kernel';
import type { Referral } from './referral.entity.js';

/** Which referral an event is about. */
export interface ReferralIdentity {
  readonly companyId: Id<'Company'>;
  readonly referralId: Id<'Referral'>;
  readonly kind: ReferralKind;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly partnerId: Id<'Partner'>;
  readonly submittedAt: Date;
}

const originOf = (referral: ReferralIdentity) => ({
  referralId: referral.referralId,
  kind: referral.kind,
  partnershipId: referral.partnershipId,
  partnerId: referral.partnerId,
  programId: referral.programId,
  submittedAt: referral.submittedAt.toISOString(),
});

export function reviewedEvent(
  referral: ReferralIdentity,
  verdict: { readonly outcome: 'approved' | 'declined'; readonly reason: string | null },
  occurredAt: Date,
): NewEvent {
  return {
    type: `${referral.kind}.reviewed`,
    companyId: referral.companyId,
    occurredAt,
    data: { ...originOf(referral), ...verdict },
  };
}

/** @param groupId the partnership's group at the time of the closing */
export function closedEvent(
  referral: Referral,
  outcome: 'won' | 'lost',
  groupId: Id<'Group'>,
  occurredAt: Date,
): NewEvent {
  return {
    type: `${referral.kind}.closed`,
    companyId: referral.companyId,
    occurredAt,
    data: {
      ...originOf(referral),
      revision: referral.revision,
      groupId,
      outcome,
      customerKey: referral.customerKey,
      email: referral.contactEmail,
      amount: referral.amount === null ? null : amountJson(referral.amount),
      currency: referral.currency,
      reason: referral.reason,
    },
  };
}

export const expiredEvent = (deal: ReferralIdentity, occurredAt: Date): NewEvent => ({
  type: 'deal.expired',
  companyId: deal.companyId,
  occurredAt,
  data: originOf(deal),
});
