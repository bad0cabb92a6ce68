import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import { type ApplicationView, selectApplications } from './view-application.js';

/** A partner's own applications to one program, newest first, and what became of each. */
@Injectable()
export class ListOwnApplications {
  constructor(private readonly database: Database) {}

  /** @returns one row more than the limit when there is a next page */
  execute(
    { companyId, partnershipId, scope }: PartnershipOfPartner,
    page: PageQuery,
  ): Promise<ApplicationView[]> {
    return this.database.transaction(scope, (tx) =>
      selectApplications(
        tx,
        `a.company_id = $1 and a.partnership_id = $2 and ($3::uuid is null or a.application_id < $3)
         order by a.application_id desc limit $4`,
        [companyId, partnershipId, cursorId(page), page.limit + 1],
      ),
    );
  }
}
