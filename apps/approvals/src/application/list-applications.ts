import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery } from '#http';
import type { Id } from '#kernel';
import type { ApplicationState } from './application.entity.js';
import { type ApplicationView, selectApplications } from './view-application.js';

export interface ApplicationFilter {
  readonly programId: Id<'Program'> | null;
  readonly state: ApplicationState | null;
}

/** The company's applications, newest first. */
@Injectable()
export class ListApplications {
  constructor(private readonly database: Database) {}

  /** @returns one row more than the limit when there is a next page */
  execute(companyId: Id<'Company'>, filter: ApplicationFilter, page: PageQuery): Promise<ApplicationView[]> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      selectApplications(
        tx,
        `a.company_id = $1 and ($2::text is null or a.state = $2) and ($3::uuid is null or a.program_id = $3)
           and ($4::uuid is null or a.application_id < $4)
         order by a.application_id desc limit $5`,
        [companyId, filter.state, filter.programId, cursorId(page), page.limit + 1],
      ),
    );
  }
}
