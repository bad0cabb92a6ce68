import type { DeletionReason } from '#contracts';
import { dateOrNull, insertRows, type Transaction } from '#database';
import type { CustomerFacts, Deletion } from '#rules';
import type { SubjectName } from './subject.js';

export interface CustomerName {
  readonly company_id: string;
  readonly customer_id: string;
}

/** What a decision tells of its customer. */
export interface CustomerReport extends CustomerName {
  readonly signed_up_at: string | null;
  readonly first_paid_at: string | null;
}

/** That a company deleted a customer, and wants back what it earned until then. */
export interface CustomerDeletion {
  readonly company_id: string;
  readonly customer_id: string;
  readonly deleted_at: string;
  readonly deletion_reason: DeletionReason;
  readonly deletion_note: string | null;
}

interface CustomerRow extends CustomerReport {
  readonly deleted_at: string | null;
  readonly deletion_reason: DeletionReason | null;
  readonly deletion_note: string | null;
}

/** What is known of a customer beside its orders and signups. */
export interface KnownCustomer extends CustomerFacts {
  /** Counts for what happened until then. */
  readonly deletion: { readonly at: Date; readonly ruling: Deletion } | null;
}

/** By `nameOfCustomer`. */
export type Customers = ReadonlyMap<string, KnownCustomer>;

export const nameOfCustomer = (companyId: string, customerId: string): string => `${companyId} ${customerId}`;

/**
 * Merges what decisions report (the earliest times win) and locks the customers in id order until the end of
 * the transaction. A customer that another transaction inserts at the same moment is not among those `before`:
 * that one counts as moved.
 * @returns the facts as they now stand, and the customers whose facts moved: their other subjects are to be
 *   judged again
 */
export async function mergeCustomers(
  tx: Transaction,
  reports: readonly CustomerReport[],
): Promise<{ customers: Customers; moved: CustomerReport[] }> {
  const rows = await tx.query<CustomerRow & { is_changed: boolean }>(
    `with reported as (
       select company_id, customer_id, min(signed_up_at) as signed_up_at, min(first_paid_at) as first_paid_at
       from json_to_recordset($1::json) as r(company_id uuid, customer_id uuid, signed_up_at timestamptz,
         first_paid_at timestamptz)
       group by company_id, customer_id
     ), before as (
       select c.* from reported r cross join lateral (
         select * from commissions.customer c
         where c.company_id = r.company_id and c.customer_id = r.customer_id limit 1) c
     ), after as (
       insert into commissions.customer as c (company_id, customer_id, signed_up_at, first_paid_at)
       select company_id, customer_id, signed_up_at, first_paid_at from reported order by company_id, customer_id
       on conflict (company_id, customer_id) do update
         set signed_up_at = least(c.signed_up_at, excluded.signed_up_at),
             first_paid_at = least(c.first_paid_at, excluded.first_paid_at)
       returning c.*, c.xmax = 0 as is_new
     )
     select after.*, not after.is_new
       and (before.signed_up_at, before.first_paid_at) is distinct from (after.signed_up_at, after.first_paid_at)
       as is_changed
     from after left join before using (company_id, customer_id)`,
    [JSON.stringify(reports)],
  );
  return { customers: byKey(rows), moved: rows.filter((row) => row.is_changed) };
}

export async function readCustomers(
  tx: Transaction,
  ids: readonly { readonly companyId: string; readonly customerId: string }[],
): Promise<Customers> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<CustomerRow>(
    `select c.* from unnest($1::uuid[], $2::uuid[]) as n(company_id, customer_id)
     cross join lateral (
       select * from commissions.customer c
       where c.company_id = n.company_id and c.customer_id = n.customer_id limit 1) c`,
    [ids.map((id) => id.companyId), ids.map((id) => id.customerId)],
  );
  return byKey(rows);
}

/** A customer of whom what happened from a time on is to be judged again. */
export interface Reopened extends CustomerName {
  readonly since: Date;
}

export const sinceEver = ({ company_id, customer_id }: CustomerName): Reopened => ({
  company_id,
  customer_id,
  since: new Date(0),
});

/** Decided subjects of these customers. Stable while the customers are locked. */
export async function subjectsOfCustomers(
  tx: Transaction,
  reopened: readonly Reopened[],
): Promise<SubjectName[]> {
  if (reopened.length === 0) return [];
  return tx.query<SubjectName>(
    `select distinct s.company_id as "companyId", s.kind, s.key
     from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as n(company_id, customer_id, since)
     cross join lateral (
       select company_id, kind, key from commissions.subject s
       where s.company_id = n.company_id and s.customer_id = n.customer_id and s.occurred_at >= n.since
         and s.revision > 0) s`,
    [
      reopened.map((row) => row.company_id),
      reopened.map((row) => row.customer_id),
      reopened.map((row) => row.since),
    ],
  );
}

/** Marks customers as deleted and locks them in id order; the first deletion stays. */
export async function markDeleted(tx: Transaction, deletions: readonly CustomerDeletion[]): Promise<void> {
  const inLockOrder = deletions.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  await insertRows(
    tx,
    'commissions.customer as c',
    DELETION,
    inLockOrder.map((deletion) => ({ ...deletion })),
    `on conflict (company_id, customer_id) do update set
       deleted_at = coalesce(c.deleted_at, excluded.deleted_at),
       deletion_reason = case when c.deleted_at is null then excluded.deletion_reason else c.deletion_reason end,
       deletion_note = case when c.deleted_at is null then excluded.deletion_note else c.deletion_note end`,
  );
}

const DELETION = {
  company_id: 'uuid',
  customer_id: 'uuid',
  deleted_at: 'timestamptz',
  deletion_reason: 'text',
  deletion_note: 'text',
} as const;

const nameOf = (row: CustomerDeletion) => nameOfCustomer(row.company_id, row.customer_id);

function byKey(rows: readonly CustomerRow[]): Customers {
  return new Map(
    rows.map((row) => [
      nameOfCustomer(row.company_id, row.customer_id),
      {
        signedUpAt: dateOrNull(row.signed_up_at),
        firstPaidAt: dateOrNull(row.first_paid_at),
        deletion: deletionOf(row),
      },
    ]),
  );
}

function deletionOf({ deleted_at, deletion_reason, deletion_note }: CustomerRow): KnownCustomer['deletion'] {
  if (deleted_at === null || deletion_reason === null) return null;
  const ruling = {
    kind: 'deleted',
    extent: 'customer',
    reason: deletion_reason,
    note: deletion_note,
  } as const;
  return { at: new Date(deleted_at), ruling };
}
