import type { NewEvent } from '#bus';
import { amountJson, asId } from '#kernel';
import type { Approval, Decline } from '#rules';
import type { Target } from './lock-targets.js';

/**
 * What the partner should hear of a review; the amount is what the commission comes, or would have come, to.
 * Adjustments are never reviewed.
 */
export function reviewedEvents(target: Target, ruling: Approval | Decline, at: Date): NewEvent[] {
  const { subject_kind: kind, offer_id: offerId } = target;
  if (kind === 'adjustment' || offerId === null) return [];
  return [
    {
      type: 'commission.reviewed',
      companyId: asId('Company', target.company_id),
      occurredAt: at,
      data: {
        commissionId: target.commission_id,
        partnershipId: target.partnership_id,
        partnerId: target.partner_id,
        programId: target.program_id,
        offerId,
        subject: { kind, key: target.subject_key },
        currency: target.currency,
        amount: amountJson(BigInt(target.amount)),
        outcome: ruling.kind,
        reason: ruling.kind === 'declined' ? ruling.reason : null,
        note: ruling.note,
      },
    },
  ];
}
