import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import { asId, type Id } from '#kernel';
import { type Code, codeOf, type CodeRow, SELECT_CODES } from './code.js';
import { getCode } from './code-store.js';
import { codeKey } from './parse-code.js';

/** What narrows a company's list of codes. */
export interface CodeFilter {
  readonly partnershipId: Id<'Partnership'> | null;
  /** A code's text or platform id, in any case. */
  readonly code: string | null;
}

/** A code as its partner sees it. */
export interface PartnerCode {
  readonly assignmentId: Id<'CodeAssignment'>;
  readonly code: string;
  readonly from: Date;
  readonly until: Date | null;
}

@Injectable()
export class ReadCodes {
  constructor(private readonly database: Database) {}

  /** Newest first, one more than the page holds. */
  list(companyId: Id<'Company'>, filter: CodeFilter, page: PageQuery): Promise<Code[]> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const rows = await tx.query<CodeRow>(
        `${SELECT_CODES} and ($2::uuid is null or c.code_id < $2)
           and ($3::uuid is null or exists (select from tracking.code_assignment a
             where (a.company_id, a.code_id) = (c.company_id, c.code_id) and a.partnership_id = $3))
           and ($4::text is null or c.code_id = (select t.code_id from tracking.code_text t
             where t.company_id = c.company_id and t.code = $4))
         order by c.code_id desc limit $5`,
        [
          companyId,
          cursorId(page),
          filter.partnershipId,
          filter.code === null ? null : codeKey(filter.code),
          page.limit + 1,
        ],
      );
      return rows.map(codeOf);
    });
  }

  /** @throws NotFound */
  one(companyId: Id<'Company'>, codeId: Id<'Code'>): Promise<Code> {
    return this.database.transaction(companyScope(companyId), (tx) => getCode(tx, companyId, codeId));
  }

  /** The partner's own, past ones too, up to the end of the membership, newest first, one more than the page holds. */
  ofPartner(
    { scope, companyId, partnershipId }: PartnershipOfPartner,
    page: PageQuery,
  ): Promise<PartnerCode[]> {
    return this.database.transaction(scope, async (tx) => {
      const rows = await tx.query<{
        assignment_id: string;
        code: string;
        effective_from: string;
        effective_until: string | null;
      }>(
        `select a.assignment_id, c.code, a.effective_from,
           least(a.effective_until, p.ended_at) as effective_until
         from tracking.code_assignment a join tracking.code c using (company_id, code_id)
           join approvals.published_partnership p using (company_id, partnership_id)
         where a.company_id = $1 and a.partnership_id = $2
           and (p.ended_at is null or p.ended_at > a.effective_from) and ($3::uuid is null or a.assignment_id < $3)
         order by a.assignment_id desc limit $4`,
        [companyId, partnershipId, cursorId(page), page.limit + 1],
      );
      return rows.map((row) => ({
        assignmentId: asId('CodeAssignment', row.assignment_id),
        code: row.code,
        from: new Date(row.effective_from),
        until: row.effective_until === null ? null : new Date(row.effective_until),
      }));
    });
  }
}
