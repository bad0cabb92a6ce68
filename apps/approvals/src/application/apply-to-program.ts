import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { asId, Clock, Conflict, type Id, newId, NotFound } from '#kernel';
import { defaultGroupOf, enterGroup } from '../group/group-membership.js';
import { Partnership } from '../partnership/partnership.entity.js';
import { type AcceptanceOrigin, recordAcceptance } from '../terms/acceptance.js';
import { Application } from './application.entity.js';
import { type ApplicationView, viewApplication } from './view-application.js';

export interface NewApplication extends AcceptanceOrigin {
  readonly partnerId: Id<'Partner'>;
  readonly programId: Id<'Program'>;
  readonly message: string | null;
  /** Version of the terms accepted in the same step; null accepts none. */
  readonly acceptTermsVersion: number | null;
}

interface Membership {
  readonly companyId: Id<'Company'>;
  readonly partnershipId: Id<'Partnership'>;
}

/** A partner asks to join a program, for the first time or again; the company reviews it. */
@Injectable()
export class ApplyToProgram {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `partnership.<state>`, `terms.not_current` */
  async execute(draft: NewApplication, request: IdempotentRequest): Promise<ApplicationView> {
    const { companyId, partnershipId } = await this.#membershipOf(draft);
    const scope = { companies: [companyId], partnership: partnershipId };
    return idempotent(this.database, scope, request, async (tx) => {
      const applicationId = newId('Application');
      await this.#open(tx, { companyId, partnershipId }, draft);
      tx.em.create(Application, {
        companyId,
        applicationId,
        partnershipId,
        programId: draft.programId,
        partnerId: draft.partnerId,
        state: 'pending',
        message: draft.message,
        appliedAt: this.clock.now(),
        reviewedAt: null,
        reviewedBy: null,
        reason: null,
      });
      await tx.em.flush();
      if (draft.acceptTermsVersion !== null) {
        await recordAcceptance(tx, {
          companyId,
          partnershipId,
          programId: draft.programId,
          address: draft.address,
          userAgent: draft.userAgent,
          version: draft.acceptTermsVersion,
          acceptedAt: this.clock.now(),
        });
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
    };
  }

  async #open(
    tx: Transaction,
    { companyId, partnershipId }: Membership,
    draft: NewApplication,
  ): Promise<void> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
    const existing = await tx.em.findOne(Partnership, { companyId, partnershipId }, lock);
    if (existing) return existing.applyAgain();
    const created = await tx.query(
      `insert into approvals.partnership (company_id, partnership_id, program_id, partner_id, state, created_at)
       values ($1, $2, $3, $4, 'pending', $5) on conflict do nothing returning 1`,
      [companyId, partnershipId, draft.programId, draft.partnerId, this.clock.now()],
    );
    // Two first applications at once: the other one made the partnership.
    if (created.length === 0) {
      throw new Conflict('partnership.pending', 'You have already applied; the company is reviewing it.');
    }
    await enterGroup(tx, {
      companyId,
      partnershipId,
      programId: draft.programId,
      groupId: await defaultGroupOf(tx, companyId, draft.programId),
      effectiveFrom: this.clock.now(),
      actor: 'application',
    });
  }
}
