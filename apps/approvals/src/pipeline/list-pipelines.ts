import { Injectable } from '@nestjs/common';
import type { ReferralKind } from '#contracts';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery } from '#http';
import type { Id } from '#kernel';
import { loadProgram } from '../program/program.js';
import { type PublishedPipeline, selectPipelines } from './pipeline.js';

/** Every version of a program's pipelines, the newest of all first. */
@Injectable()
export class ListPipelines {
  constructor(private readonly database: Database) {}

  /** @returns one row more than the limit when there is a next page. @throws NotFound */
  execute(
    companyId: Id<'Company'>,
    programId: Id<'Program'>,
    kind: ReferralKind | null,
    page: PageQuery,
  ): Promise<PublishedPipeline[]> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await loadProgram(tx, companyId, programId);
      return selectPipelines(
        tx,
        `company_id = $1 and program_id = $2 and ($3::text is null or kind = $3)
           and ($4::uuid is null or pipeline_id < $4)
         order by pipeline_id desc limit $5`,
        [companyId, programId, kind, cursorId(page), page.limit + 1],
      );
    });
  }
}
