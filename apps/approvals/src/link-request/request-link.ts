import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { idempotent, type IdempotentRequest, type PartnershipOfPartner } from '#http';
import { Clock, Conflict, Forbidden, newId } from '#kernel';
import type { LinkRequest } from './link-request.js';

export interface NewLinkRequest {
  readonly destinationUrl: string | null;
  readonly note: string | null;
}

/** A partner asks for a link: where links are not enabled, or for a page that own links may not lead to. */
@Injectable()
export class RequestLink {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Forbidden `partnership.<state>`, Conflict `link_request.pending` */
  execute(
    { companyId, programId, partnershipId, partnerId, state, scope }: PartnershipOfPartner,
    { destinationUrl, note }: NewLinkRequest,
    request: IdempotentRequest,
  ): Promise<LinkRequest> {
    return idempotent(this.database, scope, request, async (tx) => {
      if (state !== 'approved') {
        throw new Forbidden(
          `partnership.${state}`,
          'Links are for approved partners. Apply, or wait for the company to approve your application.',
        );
      }
      const linkRequestId = newId('LinkRequest');
      const requestedAt = this.clock.now();
      const created = await tx.query(
        `insert into approvals.link_request (company_id, link_request_id, partnership_id, program_id, partner_id,
           destination_url, note, state, requested_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'pending', $8) on conflict do nothing returning 1`,
        [companyId, linkRequestId, partnershipId, programId, partnerId, destinationUrl, note, requestedAt],
      );
      if (created.length === 0) {
        throw new Conflict(
          'link_request.pending',
          'You have asked for this link already; the company has yet to answer. Withdraw it to ask anew.',
        );
      }
      return {
        linkRequestId,
        companyId,
        partnershipId,
        programId,
        partnerId,
        destinationUrl,
        note,
        state: 'pending',
        requestedAt,
        closedAt: null,
        reason: null,
        linkId: null,
      };
    });
  }
}
