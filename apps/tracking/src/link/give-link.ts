import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import { programOfApproved } from '../approved-partnership.js';
import { insertLink, type NewLink } from './insert-link.js';
import type { LinkView } from './link-view.js';

/** A company makes a link for one of its partners (B-30). */
@Injectable()
export class GiveLink {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws PartnershipNotApproved, InvalidInput `link.destination_not_allowed`, Conflict `link.slug_taken`
   */
  execute(
    companyId: Id<'Company'>,
    partnershipId: Id<'Partnership'>,
    link: NewLink,
    request: IdempotentRequest,
  ): Promise<LinkView> {
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const programId = await programOfApproved(tx, companyId, partnershipId);
      return insertLink(tx, { companyId, programId, partnershipId }, link, this.clock.now());
    });
  }
}
