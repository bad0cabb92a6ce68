import { LockMode } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id, InvalidField } from '#kernel';
import { Partnership } from '../partnership/partnership.entity.js';
import { endRequest, type LinkRequest, lockPendingRequest } from './link-request.js';

/** What the company says to a request for a link. */
export type LinkAnswer =
  | { readonly outcome: 'granted'; readonly linkId: Id<'Link'>; readonly reason: string | null }
  | { readonly outcome: 'refused'; readonly linkId: null; readonly reason: string };

/**
 * The company grants a request with a link that it made for the partner, which opens links to the partner
 * (B-27), or refuses it with a reason. The partner hears of it either way.
 */
@Injectable()
export class ReviewLinkRequest {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `link_request.<state>`, `partnership.<state>`, InvalidInput `link.not_of_partner` */
  execute(
    company: CompanyPrincipal,
    linkRequestId: Id<'LinkRequest'>,
    answer: LinkAnswer,
    request: IdempotentRequest,
  ): Promise<LinkRequest> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const pending = await lockPendingRequest(tx, companyId, linkRequestId);
      const destinationUrl =
        answer.outcome === 'granted' ? await this.#openLinks(tx, pending, answer.linkId) : null;
      const at = this.clock.now();
      const { partnershipId, partnerId, programId } = pending;
      const { outcome, reason } = answer;
      await this.publisher.publish(tx, [
        {
          type: 'link_request.reviewed',
          companyId,
          occurredAt: at,
          data: { linkRequestId, partnershipId, partnerId, programId, outcome, reason, destinationUrl },
        },
      ]);
      const end = { state: outcome, reason, linkId: answer.linkId, actor: actorOf(company), at };
      return endRequest(tx, pending, end);
    });
  }

  /** @returns where the link leads */
  async #openLinks(
    tx: Transaction,
    { companyId, partnershipId }: LinkRequest,
    linkId: Id<'Link'>,
  ): Promise<string> {
    const [link] = await tx.query<{ destination_url: string }>(
      `select destination_url from tracking.published_link
        where company_id = $1 and link_id = $2 and partnership_id = $3`,
      [companyId, linkId, partnershipId],
    );
    if (!link) {
      throw new InvalidField(
        'link.not_of_partner',
        'linkId',
        'must be a link of this partner; make one first by POST /v1/links',
      );
    }
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
    const partnership = await tx.em.findOneOrFail(Partnership, { companyId, partnershipId }, lock);
    partnership.enableLinks();
    await tx.em.flush();
    return link.destination_url;
  }
}
