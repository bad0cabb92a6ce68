import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { SecretBox } from '#config';
import { Database } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { asId, Clock, type Id, newId, NotFound } from '#kernel';
import { readApplicationForm } from '../application-form/application-form.js';
import { readAnswers } from '../form/read-answers.js';
import { defaultGroupOf, enterGroup } from '../group/group-membership.js';
import { openInvitationOf, useInvitation } from '../invitation/use-invitation.js';
import { type Membership, openPartnership } from '../partnership/open-partnership.js';
import { type AcceptanceOrigin, recordAcceptance } from '../terms/acceptance.js';
import { Application, verdictOf } from './application.entity.js';
import { decideApplication } from './decide-application.js';
import { findRemoval } from './find-removal.js';
import { settleApplication } from './settle-application.js';
import { type ApplicationView, viewApplication } from './view-application.js';

export interface NewApplication extends AcceptanceOrigin {
  readonly partnerId: Id<'Partner'>;
  readonly programId: Id<'Program'>;
  readonly message: string | null;
  /** ISO 3166-1, two letters. */
  readonly country: string | null;
  /** By the keys of the program's form. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** Of the invitation's mail; an open invitation of the partner's address counts without it. */
  readonly invitationToken: string | null;
  /** Version of the terms accepted in the same step; null accepts none. */
  readonly acceptTermsVersion: number | null;
}

/**
 * A partner asks to join a program, for the first time or again. The program's rules may decide at once (B-22);
 * else the company reviews it.
 */
@Injectable()
export class ApplyToProgram {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFound, Conflict `partnership.<state>`, `partnership.barred`, `terms.not_current`,
   *   `invitation.<state>`, InvalidInput `answers.invalid`, `country.missing`, `invitation.…`
   */
  async execute(draft: NewApplication, request: IdempotentRequest): Promise<ApplicationView> {
    const membership = await this.#membershipOf(draft);
    const { companyId, partnershipId, programId } = membership;
    const removedPartnershipId = await findRemoval(this.database, membership);
    const scope = { companies: [companyId], partnership: partnershipId };
    return idempotent(this.database, scope, request, async (tx) => {
      const now = this.clock.now();
      const { partnership, isNew } = await openPartnership(tx, membership, now);
      const form = await readApplicationForm(tx, companyId, programId);
      const invitation = await openInvitationOf(tx, this.secretBox, membership, draft.invitationToken, now);
      const { decision, rulesVersion } = await decideApplication(tx, membership, {
        country: draft.country,
        isInvited: invitation !== null,
        removedPartnershipId,
      });
      const application = tx.em.create(Application, {
        companyId,
        applicationId: newId('Application'),
        partnershipId,
        programId,
        partnerId: draft.partnerId,
        state: 'pending',
        message: draft.message,
        country: draft.country,
        formVersion: form.version === 0 ? null : form.version,
        answers: [...readAnswers(form.fields, draft.answers)],
        rulesVersion: rulesVersion === 0 ? null : rulesVersion,
        automaticDecision: decision,
        appliedAt: now,
        reviewedAt: null,
        reviewedBy: null,
        reason: null,
      });
      await tx.em.flush();
      const { applicationId } = application;
      const startsIn = isNew ? await defaultGroupOf(tx, companyId, programId) : null;
      const groupId = decision.groupId ?? invitation?.groupId ?? startsIn;
      if (groupId) await enterGroup(tx, { ...membership, groupId, effectiveFrom: now, actor: decision.by });
      if (invitation) await useInvitation(tx, companyId, invitation.invitationId, applicationId, now);
      if (draft.acceptTermsVersion !== null) {
        await recordAcceptance(tx, {
          companyId,
          partnershipId,
          programId,
          address: draft.address,
          userAgent: draft.userAgent,
          acceptedBy: draft.acceptedBy,
          version: draft.acceptTermsVersion,
          acceptedAt: now,
        });
      }
      const verdict = verdictOf(decision);
      if (verdict) {
        const reviewer = { actor: decision.by, at: now };
        await settleApplication(tx, this.publisher, { application, partnership }, verdict, reviewer);
      }
      return viewApplication(tx, companyId, applicationId);
    });
  }

  /** The company follows from the program; the partnership is the one there is, or the one to be. */
  async #membershipOf({ partnerId, programId }: NewApplication): Promise<Membership> {
    const [row] = await this.database.transaction({ companies: [], partner: partnerId }, (tx) =>
      tx.query<{ company_id: string; partnership_id: string | null }>(
        `select p.company_id, s.partnership_id from approvals.program p
         left join approvals.partnership s
           on s.company_id = p.company_id and s.program_id = p.program_id and s.partner_id = $2
         where p.program_id = $1`,
        [programId, partnerId],
      ),
    );
    if (!row) throw new NotFound('program');
    return {
      companyId: asId('Company', row.company_id),
      partnershipId:
        row.partnership_id === null ? newId('Partnership') : asId('Partnership', row.partnership_id),
      programId,
      partnerId,
    };
  }
}
