import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import {
  actorOf,
  idempotent,
  type IdempotentRequest,
  type PartnerPrincipal,
  type PartnershipOfPartner,
} from '#http';
import { Clock } from '#kernel';
import { AdmitReferral } from './admit-referral.js';
import { groupAt } from './group-at.js';
import type { ReferralDraft } from './referral-draft.js';
import { requireOpenReferrals } from './require-open-referrals.js';
import { type ReferralView, viewReferral } from './view-referral.js';

/** A partner submits a lead or registers a deal (B-37, B-38). */
@Injectable()
export class SubmitOwnReferral {
  constructor(
    private readonly database: Database,
    private readonly admitReferral: AdmitReferral,
    private readonly clock: Clock,
  ) {}

  /**
   * In the company's scope, since another partner may have come first; everything written is the partner's.
   * @throws Forbidden when leads or deals are not open to the partner, InvalidInput `answers.invalid`,
   * Conflict `referral.already_submitted`
   */
  execute(
    partner: PartnerPrincipal,
    partnership: PartnershipOfPartner,
    draft: ReferralDraft,
    request: IdempotentRequest,
  ): Promise<ReferralView> {
    const { companyId, programId, partnershipId, partnerId } = partnership;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      await requireOpenReferrals(tx, partnership, draft.kind);
      const referralId = await this.admitReferral.execute(
        tx,
        {
          companyId,
          programId,
          partnershipId,
          partnerId,
          groupId: await groupAt(tx, partnership, this.clock.now()),
          source: 'partner',
          actor: actorOf(partner),
        },
        draft,
      );
      return viewReferral(tx, companyId, { kind: draft.kind, referralId });
    });
  }
}
