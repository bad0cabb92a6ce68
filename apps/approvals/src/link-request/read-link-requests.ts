import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import type { Id } from '#kernel';
import { type LinkRequest, type LinkRequestState, selectLinkRequests } from './link-request.js';

export interface LinkRequestFilter {
  readonly programId: Id<'Program'> | null;
  readonly state: LinkRequestState | null;
}

/** Links that were asked for, newest first. */
@Injectable()
export class ReadLinkRequests {
  constructor(private readonly database: Database) {}

  /** @returns one more than the limit when there is a next page */
  ofCompany(companyId: Id<'Company'>, filter: LinkRequestFilter, page: PageQuery): Promise<LinkRequest[]> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      selectLinkRequests(
        tx,
        `r.company_id = $1 and ($2::uuid is null or r.program_id = $2) and ($3::text is null or r.state = $3)
           and ($4::uuid is null or r.link_request_id < $4)
         order by r.link_request_id desc limit $5`,
        [companyId, filter.programId, filter.state, cursorId(page), page.limit + 1],
      ),
    );
  }

  /** @returns one more than the limit when there is a next page */
  ofPartner(
    { companyId, partnershipId, scope }: PartnershipOfPartner,
    page: PageQuery,
  ): Promise<LinkRequest[]> {
    return this.database.transaction(scope, (tx) =>
      selectLinkRequests(
        tx,
        `r.company_id = $1 and r.partnership_id = $2 and ($3::uuid is null or r.link_request_id < $3)
         order by r.link_request_id desc limit $4`,
        [companyId, partnershipId, cursorId(page), page.limit + 1],
      ),
    );
  }
}
