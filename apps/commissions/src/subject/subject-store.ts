import { insertRows, type Transaction } from '#database';
import { nameOf, type Subject, type SubjectName, subjectOf, type SubjectRow } from './subject.js';

/** Every column that facts set; `evaluations` counts rounds. */
const COLUMNS = {
  company_id: 'uuid',
  kind: 'text',
  key: 'text',
  revision: 'int',
  occurred_at: 'timestamptz',
  customer_id: 'uuid',
  partnership_id: 'uuid',
  partner_id: 'uuid',
  program_id: 'uuid',
  amount: 'bigint',
  tax: 'bigint',
  shipping: 'bigint',
  currency: 'text',
  fulfilment_policy: 'text',
  lines: 'jsonb',
  action: 'text',
  fulfilled_at: 'timestamptz',
  refunded_singly: 'bigint',
  refunded_snapshot: 'bigint',
  fulfilled_lines: 'jsonb',
  completed_at: 'timestamptz',
  cancelled_at: 'timestamptz',
  charged_back: 'bigint',
  deleted_extent: 'text',
  deletion_reason: 'text',
  deletion_note: 'text',
  evaluations: 'int',
} as const;

const NAMES = Object.keys(COLUMNS);
/**
 * Inserts the rows that are new and locks those that exist, in one pass in name order, so that two batches
 * over the same subjects queue up instead of deadlocking.
 * @returns every row as it now stands, and whether this call inserted it
 */
export function insertOrLock(
  tx: Transaction,
  rows: readonly SubjectRow[],
): Promise<(SubjectRow & { is_new: boolean })[]> {
  return insertRows(
    tx,
    'commissions.subject as s',
    COLUMNS,
    inLockOrder(rows).map((row) => ({ ...row })),
    `on conflict (company_id, kind, key) do update set revision = s.revision
     returning ${NAMES.map((name) => `s.${name}`).join(', ')}, s.xmax = 0 as is_new`,
  );
}

/** Locks the rows that exist, in name order. */
export async function lockExisting(tx: Transaction, names: readonly SubjectName[]): Promise<SubjectRow[]> {
  if (names.length === 0) return [];
  return tx.query<SubjectRow>(
    `select s.* from (
       select * from unnest($1::uuid[], $2::text[], $3::text[]) as n(company_id, kind, key)
       order by company_id, kind, key collate "C") n
     cross join lateral (
       select ${NAMES.join(', ')} from commissions.subject s
       where s.company_id = n.company_id and s.kind = n.kind and s.key = n.key for update) s`,
    [names.map((name) => name.companyId), names.map((name) => name.kind), names.map((name) => name.key)],
  );
}

/**
 * Writes facts and evaluation counts back; the rows are locked. An upsert finds each row by its key
 * whatever the planner believes of the table; an update by join does not.
 */
export async function saveSubjects(tx: Transaction, rows: readonly SubjectRow[]): Promise<void> {
  const changed = NAMES.slice(3).map((name) => `${name} = excluded.${name}`);
  await insertRows(
    tx,
    'commissions.subject',
    COLUMNS,
    rows.map((row) => ({ ...row })),
    `on conflict (company_id, kind, key) do update set ${changed.join(', ')}`,
  );
}

function inLockOrder(rows: readonly SubjectRow[]): SubjectRow[] {
  return rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

interface ProgramOfCompany {
  readonly companyId: string;
  readonly programId: string;
}

interface TimeSpan {
  readonly from: Date;
  readonly until: Date;
}

const DECIDED_IN = `company_id = $1 and program_id = $2 and revision > 0 and occurred_at >= $3 and occurred_at < $4`;

export async function countSubjectsOf(
  tx: Transaction,
  { companyId, programId }: ProgramOfCompany,
  { from, until }: TimeSpan,
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from commissions.subject where ${DECIDED_IN}`,
    [companyId, programId, from, until],
  );
  return row?.count ?? 0;
}

/** A program's decided subjects of a period, the first `limit` of them, not locked. */
export async function readSubjectsOf(
  tx: Transaction,
  { companyId, programId }: ProgramOfCompany,
  period: TimeSpan & { readonly limit: number },
): Promise<Subject[]> {
  const rows = await tx.query<SubjectRow>(
    `select ${NAMES.join(', ')} from commissions.subject where ${DECIDED_IN} order by occurred_at limit $5`,
    [companyId, programId, period.from, period.until, period.limit],
  );
  return rows.map(subjectOf);
}
