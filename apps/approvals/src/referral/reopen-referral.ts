import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock } from '#kernel';
import { EndLapsedDeals } from '../deal/end-lapsed-deals.js';
import { currentPipeline, protectedUntil } from '../pipeline/pipeline.js';
import { lockReferral, saveStep } from './change-referral.js';
import { lockClaims } from './claim.js';
import { groupAt } from './group-at.js';
import { requireFree } from './require-free.js';
import { type ReferralKey, type ReferralView, viewReferral } from './view-referral.js';

/**
 * The company takes a closing back. What followed from it stands until the referral is closed again, as a new
 * revision: then it is judged anew.
 */
@Injectable()
export class ReopenReferral {
  constructor(
    private readonly database: Database,
    private readonly endLapsedDeals: EndLapsedDeals,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `referral.<state>`, `referral.taken` */
  execute(
    company: CompanyPrincipal,
    key: ReferralKey,
    reason: string,
    request: IdempotentRequest,
  ): Promise<ReferralView> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const at = this.clock.now();
      await lockClaims(tx, companyId);
      await this.endLapsedDeals.execute(tx, companyId, at);
      const referral = await lockReferral(tx, company, key);
      const groupId = await groupAt(tx, referral, at);
      const pipeline = await currentPipeline(tx, companyId, {
        programId: referral.programId,
        kind: referral.kind,
        groupId,
      });
      referral.reopen(protectedUntil(pipeline, at));
      await requireFree(tx, referral);
      await saveStep(tx, company, referral, { step: 'reopened', note: reason, at });
      return viewReferral(tx, companyId, key);
    });
  }
}
