import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { idempotent, type IdempotentRequest, type PartnershipOfPartner } from '#http';
import { Clock } from '#kernel';
import { insertLink, type NewLink } from './insert-link.js';
import { requireOpenLinks } from './link-access.js';
import type { LinkView } from './link-view.js';

/** A partner makes a link. */
@Injectable()
export class CreateLink {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Forbidden when links are not open to the partner, InvalidInput `link.destination_not_allowed`,
   *   Conflict `link.slug_taken`
   */
  execute(partnership: PartnershipOfPartner, link: NewLink, request: IdempotentRequest): Promise<LinkView> {
    return idempotent(this.database, partnership.scope, request, async (tx) => {
      await requireOpenLinks(tx, partnership);
      return insertLink(tx, partnership, link, this.clock.now());
    });
  }
}
