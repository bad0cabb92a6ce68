import type { SubjectKind } from '#contracts';
import type { Transaction } from '#database';
import type { Id } from '#kernel';
import { type Subject, subjectNameOf } from './action.js';

export interface SubjectName {
  readonly companyId: Id<'Company'>;
  readonly kind: SubjectKind;
  readonly subjectKey: string;
}

/** A subject that is decided, and of which customer it is. */
export interface DecidedSubject extends SubjectName {
  readonly decisionId: Id<'Decision'>;
  readonly revision: number;
  readonly customerId: Id<'Customer'>;
  readonly customerKey: string;
  readonly occurredAt: Date;
  readonly subject: Subject;
}

/**
 * Those of the subjects that are decided, as they stand, by `subjectNameOf`. Whose one is changes only under its
 * customer's lock.
 */
export async function readDecidedSubjects(
  tx: Transaction,
  names: readonly SubjectName[],
): Promise<ReadonlyMap<string, DecidedSubject>> {
  if (names.length === 0) return new Map();
  const rows = await tx.query<DecidedSubjectRow>(
    `select decided.*, customer.customer_key
       from unnest($1::uuid[], $2::text[], $3::text[]) as named(company_id, subject_kind, subject_key)
      cross join lateral (
        select company_id, subject_kind, subject_key, decision_id, revision, customer_id, occurred_at, subject_facts
          from attribution.decision d
         where d.company_id = named.company_id and d.subject_kind = named.subject_kind
           and d.subject_key = named.subject_key and d.superseded_at is null offset 0) as decided
      cross join lateral (
        select customer_key from attribution.customer c
         where c.company_id = decided.company_id and c.customer_id = decided.customer_id offset 0) as customer`,
    [
      names.map(({ companyId }) => companyId),
      names.map(({ kind }) => kind),
      names.map(({ subjectKey }) => subjectKey),
    ],
  );
  const decided = rows.map((row) => ({
    companyId: row.company_id,
    kind: row.subject_kind,
    subjectKey: row.subject_key,
    decisionId: row.decision_id,
    revision: row.revision,
    customerId: row.customer_id,
    customerKey: row.customer_key,
    occurredAt: new Date(row.occurred_at),
    subject: row.subject_facts ?? { kind: 'signup' as const, customerKey: row.subject_key },
  }));
  return new Map(decided.map((subject) => [subjectNameOf(subject), subject]));
}

interface DecidedSubjectRow {
  readonly company_id: Id<'Company'>;
  readonly subject_kind: SubjectKind;
  readonly subject_key: string;
  readonly decision_id: Id<'Decision'>;
  readonly revision: number;
  readonly customer_id: Id<'Customer'>;
  readonly customer_key: string;
  readonly occurred_at: string;
  readonly subject_facts: Subject | null;
}
