import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import {
  actorOf,
  type CompanyPrincipal,
  idempotent,
  type IdempotentRequest,
  type PartnershipState,
} from '#http';
import { asId, Clock, Conflict, type Id, NotFound } from '#kernel';
import { AdmitReferral } from './admit-referral.js';
import { groupAt } from './group-at.js';
import type { ReferralDraft } from './referral-draft.js';
import { type ReferralView, viewReferral } from './view-referral.js';

interface Member {
  readonly program_id: string;
  readonly partner_id: string;
  readonly state: PartnershipState;
}

/** The company enters a lead or deal that one of its partners brought; nobody has to approve it. */
@Injectable()
export class SubmitReferral {
  constructor(
    private readonly database: Database,
    private readonly admitReferral: AdmitReferral,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `partnership.<state>`, `referral.taken`, InvalidInput `answers.invalid` */
  execute(
    company: CompanyPrincipal,
    partnershipId: Id<'Partnership'>,
    draft: ReferralDraft,
    request: IdempotentRequest,
  ): Promise<ReferralView> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const [member] = await tx.query<Member>(
        `select program_id, partner_id, state from approvals.partnership
          where company_id = $1 and partnership_id = $2`,
        [companyId, partnershipId],
      );
      if (!member) throw new NotFound('partnership');
      if (member.state !== 'approved') {
        throw new Conflict(
          `partnership.${member.state}`,
          `Only an approved partner can be credited with a ${draft.kind}; this one is ${member.state}.`,
        );
      }
      const submission = {
        companyId,
        programId: asId('Program', member.program_id),
        partnershipId,
        partnerId: asId('Partner', member.partner_id),
        groupId: await groupAt(tx, { companyId, partnershipId }, this.clock.now()),
        source: 'company',
        actor: actorOf(company),
      } as const;
      const referralId = await this.admitReferral.execute(tx, submission, draft);
      return viewReferral(tx, companyId, { kind: draft.kind, referralId });
    });
  }
}
