import type { SubjectKind } from '#contracts';
import type { Transaction } from '#database';
import type { Id } from '#kernel';
import { type Action, type OrderSubject, subjectNameOf } from './action.js';

/** What a subject was reported as when it was decided. */
export interface DecidedReport {
  readonly customerId: Id<'Customer'>;
  /** What an order came to; null for all else. */
  readonly order: Pick<OrderSubject, 'amount' | 'currency'> | null;
}

/** Which of the subjects are decided already and as what, by `subjectOf`. */
export async function readDecidedReports(
  tx: Transaction,
  subjects: readonly Pick<Action, 'companyId' | 'kind' | 'subjectKey'>[],
): Promise<ReadonlyMap<string, DecidedReport>> {
  const rows = await tx.query<{
    company_id: string;
    subject_kind: SubjectKind;
    subject_key: string;
    customer_id: Id<'Customer'>;
    subject_facts: OrderSubject | null;
  }>(
    `select subject.*, decided.*
       from unnest($1::uuid[], $2::text[], $3::text[]) as subject(company_id, subject_kind, subject_key)
      cross join lateral (
        select d.customer_id, d.subject_facts from attribution.decision d
         where d.company_id = subject.company_id and d.subject_kind = subject.subject_kind
           and d.subject_key = subject.subject_key and d.superseded_at is null offset 0) as decided`,
    [
      subjects.map(({ companyId }) => companyId),
      subjects.map(({ kind }) => kind),
      subjects.map(({ subjectKey }) => subjectKey),
    ],
  );
  return new Map(
    rows.map((row) => [
      subjectNameOf({ companyId: row.company_id, kind: row.subject_kind, subjectKey: row.subject_key }),
      { customerId: row.customer_id, order: row.subject_kind === 'order' ? row.subject_facts : null },
    ]),
  );
}
