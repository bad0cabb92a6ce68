import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id, newId } from '#kernel';
import type { OfferRule } from '#rules';
import { addVersion } from './add-version.js';
import { checkRule } from './check-rule.js';
import { loadOffer, type Offer, requireProgram } from './offer.js';

export interface NewOffer {
  readonly programId: Id<'Program'>;
  readonly name: string;
  readonly rule: OfferRule;
  /**
   * Since when the offer pays; null for now. It may lie in the past: orders since then that are still to
   * come (late, or replayed) earn by it; those already evaluated keep what they were judged by.
   */
  readonly effectiveFrom: Date | null;
}

@Injectable()
export class CreateOffer {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFound when the company has no such program
   * @throws InvalidInput `offer_rule.invalid`
   */
  execute(company: CompanyPrincipal, draft: NewOffer, request: IdempotentRequest): Promise<Offer> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      await requireProgram(tx, companyId, draft.programId);
      const offerId = newId('Offer');
      const [actor, at] = [actorOf(company), this.clock.now()];
      const first = { version: 1, effectiveFrom: draft.effectiveFrom ?? at, rule: draft.rule };
      await checkRule(tx, { companyId, programId: draft.programId }, draft.rule, first.effectiveFrom);
      await tx.query(
        `insert into commissions.offer (company_id, offer_id, program_id, name, actor, created_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [companyId, offerId, draft.programId, draft.name, actor, at],
      );
      await addVersion(tx, companyId, offerId, first, { actor, at });
      return loadOffer(tx, companyId, offerId);
    });
  }
}
