import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { type Id, NotFound } from '#kernel';
import type { TermsVersion } from './publish-terms.js';

/** Every version of a program's terms, newest first. */
@Injectable()
export class ListTerms {
  constructor(private readonly database: Database) {}

  /**
   * @param before lists versions below this one; null starts at the newest
   * @returns at most `limit` versions. @throws NotFound
   */
  execute(
    companyId: Id<'Company'>,
    programId: Id<'Program'>,
    before: number | null,
    limit: number,
  ): Promise<TermsVersion[]> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const rows = await tx.query<{ version: number | null; text: string; published_at: string }>(
        `select t.version, t.text, t.published_at
           from approvals.program p
           left join approvals.terms t on t.company_id = p.company_id and t.program_id = p.program_id
             and ($3::int is null or t.version < $3)
          where p.company_id = $1 and p.program_id = $2
          order by t.version desc limit $4`,
        [companyId, programId, before, limit],
      );
      if (rows.length === 0) throw new NotFound('program');
      return rows.flatMap(({ version, text, published_at }) =>
        version === null ? [] : [{ programId, version, text, publishedAt: new Date(published_at) }],
      );
    });
  }
}
