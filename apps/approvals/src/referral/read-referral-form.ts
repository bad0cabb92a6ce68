import { Injectable } from '@nestjs/common';
import type { ReferralKind } from '#contracts';
import { Database } from '#database';
import type { PartnershipOfPartner } from '#http';
import { Clock } from '#kernel';
import { currentPipeline, type Pipeline } from '../pipeline/pipeline.js';
import { groupAt } from './group-at.js';
import { requireOpenReferrals } from './require-open-referrals.js';

/** What a partner has to fill in for a lead or deal, and the stages it will go through. */
@Injectable()
export class ReadReferralForm {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Forbidden when leads or deals are not open to the partner */
  execute(partnership: PartnershipOfPartner, kind: ReferralKind): Promise<Pipeline> {
    const { companyId, programId, scope } = partnership;
    return this.database.transaction(scope, async (tx) => {
      await requireOpenReferrals(tx, partnership, kind);
      const groupId = await groupAt(tx, partnership, this.clock.now());
      return currentPipeline(tx, companyId, { programId, kind, groupId });
    });
  }
}
