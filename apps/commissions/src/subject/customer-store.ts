import type { Transaction } from '#database';
import type { CustomerFacts } from '#rules';
import type { SubjectName } from './subject.js';

/** What a decision tells of its customer. */
export interface CustomerReport {
  readonly company_id: string;
  readonly customer_id: string;
  readonly signed_up_at: string | null;
  readonly first_paid_at: string | null;
}

interface CustomerRow extends CustomerReport {
  readonly is_changed: boolean;
}

/** Customers' facts by `customerKey`. */
export type Customers = ReadonlyMap<string, CustomerFacts>;

export const customerKey = (companyId: string, customerId: string): string => `${companyId} ${customerId}`;

/**
 * Merges what decisions report (the earliest times win) and locks the customers in id order until the end of
 * the transaction.
 * @returns the facts as they now stand, and the customers whose facts moved: their other subjects are to be
 *   judged again
 */
export async function mergeCustomers(
  tx: Transaction,
  reports: readonly CustomerReport[],
): Promise<{ customers: Customers; moved: CustomerReport[] }> {
  const rows = await tx.query<CustomerRow>(
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
       returning c.*
     )
     select after.*, before.company_id is not null
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
  const rows = await tx.query<CustomerReport>(
    `select c.* from unnest($1::uuid[], $2::uuid[]) as n(company_id, customer_id)
     cross join lateral (
       select company_id, customer_id, signed_up_at, first_paid_at from commissions.customer c
       where c.company_id = n.company_id and c.customer_id = n.customer_id limit 1) c`,
    [ids.map((id) => id.companyId), ids.map((id) => id.customerId)],
  );
  return byKey(rows);
}

/** Decided subjects of these customers. Stable while the customers are locked. */
export async function subjectsOfCustomers(
  tx: Transaction,
  customers: readonly CustomerReport[],
): Promise<SubjectName[]> {
  if (customers.length === 0) return [];
  return tx.query<SubjectName>(
    `select company_id as "companyId", kind, key from commissions.subject
     where (company_id, customer_id) in (select * from unnest($1::uuid[], $2::uuid[])) and revision > 0`,
    [customers.map((row) => row.company_id), customers.map((row) => row.customer_id)],
  );
}

function byKey(rows: readonly CustomerReport[]): Customers {
  return new Map(
    rows.map((row) => [
      customerKey(row.company_id, row.customer_id),
      { signedUpAt: timeOrNull(row.signed_up_at), firstPaidAt: timeOrNull(row.first_paid_at) },
    ]),
  );
}

const timeOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text));
