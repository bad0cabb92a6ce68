import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database } from '#database';
import { type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock } from '#kernel';
import type { Verdict } from '../application/application.entity.js';
import { currentPipeline, protectedUntil } from '../pipeline/pipeline.js';
import { groupAt } from './group-at.js';
import { lockReferral, saveStep } from './change-referral.js';
import { reviewedEvent } from './referral-events.js';
import { type ReferralKey, type ReferralView, viewReferral } from './view-referral.js';

/** The company approves or declines a lead or deal; the partner hears of it either way. */
@Injectable()
export class ReviewReferral {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `referral.<state>` */
  execute(
    company: CompanyPrincipal,
    key: ReferralKey,
    verdict: Verdict,
    request: IdempotentRequest,
  ): Promise<ReferralView> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const referral = await lockReferral(tx, company, key);
      const at = this.clock.now();
      if (verdict.outcome === 'approved') {
        const groupId = await groupAt(tx, referral, at);
        const pipeline = await currentPipeline(tx, companyId, {
          programId: referral.programId,
          kind: referral.kind,
          groupId,
        });
        referral.approve(at, protectedUntil(pipeline, at));
      } else {
        referral.decline(verdict.reason);
      }
      await saveStep(tx, company, referral, { step: verdict.outcome, note: verdict.reason, at });
      await this.publisher.publish(tx, [reviewedEvent(referral, verdict, at)]);
      return viewReferral(tx, companyId, key);
    });
  }
}
