import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery } from '#http';
import type { Id } from '#kernel';
import { loadProgram, type Program, selectPrograms } from './program.js';

/** The company's own programs, with the settings in force. */
@Injectable()
export class ReadPrograms {
  constructor(private readonly database: Database) {}

  /** Newest first. @returns one more than the limit when there is a next page */
  list(companyId: Id<'Company'>, page: PageQuery): Promise<Program[]> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      selectPrograms(
        tx,
        `p.company_id = $1 and ($2::uuid is null or p.program_id < $2) order by p.program_id desc limit $3`,
        [companyId, cursorId(page), page.limit + 1],
      ),
    );
  }

  /** @throws NotFound */
  one(companyId: Id<'Company'>, programId: Id<'Program'>): Promise<Program> {
    return this.database.transaction(companyScope(companyId), (tx) => loadProgram(tx, companyId, programId));
  }
}
