import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery, type PartnershipState } from '#http';
import type { Id } from '#kernel';
import { type PartnershipView, selectPartnerships } from './view-partnership.js';

export interface PartnershipFilter {
  readonly programId: Id<'Program'> | null;
  readonly groupId: Id<'Group'> | null;
  readonly state: PartnershipState | null;
}

/** Who belongs to the company's programs, newest first. */
@Injectable()
export class ReadPartnerships {
  constructor(private readonly database: Database) {}

  /** @returns one row more than the limit when there is a next page */
  execute(companyId: Id<'Company'>, filter: PartnershipFilter, page: PageQuery): Promise<PartnershipView[]> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      selectPartnerships(
        tx,
        `p.company_id = $1 and ($2::uuid is null or p.program_id = $2) and ($3::text is null or p.state = $3)
           and ($4::uuid is null or c.group_id = $4) and ($5::uuid is null or p.partnership_id < $5)
         order by p.partnership_id desc limit $6`,
        [companyId, filter.programId, filter.state, filter.groupId, cursorId(page), page.limit + 1],
      ),
    );
  }
}
