import { Injectable } from '@nestjs/common';
import type { SubjectKind } from '#contracts';
import { companyScope, Database, Where } from '#database';
import { cursorId, type PageQuery } from '#http';
import { type Id, NotFound } from '#kernel';
import type { Candidate } from '#rules';
import { ANY_SUBJECT_KIND } from '../any-subject-kind.js';

/** One revision of a decision, as the company sees it. */
export interface LoggedDecision {
  readonly decision_id: Id<'Decision'>;
  readonly revision: number;
  readonly subject_kind: SubjectKind;
  readonly subject_key: string;
  readonly customer_id: Id<'Customer'>;
  readonly occurred_at: string;
  readonly presented: string;
  readonly presented_click_id: Id<'Click'> | null;
  readonly codes: readonly string[] | null;
  readonly partnership_id: Id<'Partnership'> | null;
  readonly program_id: Id<'Program'> | null;
  readonly method: string | null;
  readonly reason: string;
  readonly cause: string;
  /** What the company gave as the reason when it decided by hand. */
  readonly note: string | null;
  readonly cancelled_at: string | null;
  readonly decided_at: string;
}

export interface LoggedCandidate {
  readonly revision: number;
  readonly position: number;
  readonly kind: Candidate['kind'];
  readonly code: string | null;
  readonly click_id: Id<'Click'> | null;
  readonly link_id: Id<'Link'> | null;
  readonly clicked_at: string | null;
  readonly partnership_id: Id<'Partnership'>;
  readonly program_id: Id<'Program'>;
  readonly reason: string;
}

const COLUMNS = `decision_id, revision, subject_kind, subject_key, customer_id, occurred_at, presented,
  presented_click_id, codes, partnership_id, program_id, method, reason, cause, cancelled_at, decided_at,
  (select a.reason from attribution.assignment a
    where a.company_id = d.company_id and a.assignment_id = d.assignment_id) as note`;

/** The company reads what was decided about its signups and orders, and on what grounds. */
@Injectable()
export class ReadDecisions {
  constructor(private readonly database: Database) {}

  /**
   * The decisions that stand, newest first.
   * @param subjectKey only those about this order, or about this customer's signup
   * @returns one more than the limit when there is a next page
   */
  list(companyId: Id<'Company'>, subjectKey: string | null, page: PageQuery): Promise<LoggedDecision[]> {
    const where = new Where()
      .and('company_id = ?', companyId)
      .and(`subject_kind = ${ANY_SUBJECT_KIND} and subject_key = ?`, subjectKey)
      .and('decision_id < ?', cursorId(page));
    return this.database.transaction(companyScope(companyId), (tx) =>
      tx.query<LoggedDecision>(
        `select ${COLUMNS} from attribution.decision d where superseded_at is null and ${where.text}
          order by decision_id desc limit ${where.parameter(page.limit + 1)}`,
        where.values,
      ),
    );
  }

  /**
   * One decision with all its revisions, the first one first, and every candidate of each.
   * @throws NotFound
   */
  async one(
    companyId: Id<'Company'>,
    decisionId: Id<'Decision'>,
  ): Promise<{ revisions: LoggedDecision[]; candidates: LoggedCandidate[] }> {
    const found = await this.database.transaction(companyScope(companyId), async (tx) => ({
      revisions: await tx.query<LoggedDecision>(
        `select ${COLUMNS} from attribution.decision d
          where company_id = $1 and decision_id = $2 order by revision`,
        [companyId, decisionId],
      ),
      candidates: await tx.query<LoggedCandidate>(
        `select revision, position, kind, code, click_id, link_id, clicked_at, partnership_id, program_id, reason
           from attribution.candidate where company_id = $1 and decision_id = $2 order by revision, position`,
        [companyId, decisionId],
      ),
    }));
    if (found.revisions.length === 0) throw new NotFound('decision');
    return found;
  }
}
