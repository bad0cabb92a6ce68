import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { idempotent, type IdempotentRequest, type PartnershipOfPartner } from '#http';
import { Clock, type Id } from '#kernel';
import { endRequest, type LinkRequest, lockPendingRequest } from './link-request.js';

/** A partner takes a request for a link back. */
@Injectable()
export class WithdrawLinkRequest {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `link_request.<state>` */
  execute(
    { companyId, scope }: PartnershipOfPartner,
    linkRequestId: Id<'LinkRequest'>,
    request: IdempotentRequest,
  ): Promise<LinkRequest> {
    return idempotent(this.database, scope, request, async (tx) =>
      endRequest(tx, await lockPendingRequest(tx, companyId, linkRequestId), {
        state: 'withdrawn',
        reason: null,
        linkId: null,
        actor: request.caller,
        at: this.clock.now(),
      }),
    );
  }
}
