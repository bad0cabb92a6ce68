import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import { requireApproved } from '../approved-partnership.js';
import { insertLink, type NewLink } from './insert-link.js';
import type { LinkView } from './link-view.js';

/** A company makes a link for one of its partners, who hears of it (B-30). */
@Injectable()
export class GiveLink {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
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
      const partnership = await requireApproved(tx, companyId, partnershipId);
      const at = this.clock.now();
      const given = await insertLink(tx, { companyId, ...partnership }, link, at);
      const { linkId, destinationUrl } = given;
      const data = { ...partnership, linkId, destinationUrl };
      await this.publisher.publish(tx, [{ type: 'link.given', companyId, occurredAt: at, data }]);
      return given;
    });
  }
}
