import { insertRows, type Transaction } from '#database';
import { type Id, newId } from '#kernel';
import type { ClickRecord } from './clicks.js';
import {
  type Customer,
  CUSTOMER_COLUMNS,
  type CustomerName,
  customerNameOf,
  customerOf,
  type CustomerRow,
} from './customer.js';

/**
 * Locks the named customers in key order, creating those that are not there yet, and returns them by
 * `customerNameOf`. Whoever changes what a customer's decisions say holds this lock.
 */
export async function lockCustomers(
  tx: Transaction,
  names: readonly CustomerName[],
  now: Date,
): Promise<Map<string, Customer>> {
  const sorted = inLockOrder(names);
  const created = await insertRows<NewCustomerRow>(
    tx,
    'attribution.customer',
    { company_id: 'uuid', customer_id: 'uuid', customer_key: 'text', created_at: 'timestamptz' },
    sorted.map(({ companyId, customerKey }) => ({
      company_id: companyId,
      customer_id: newId('Customer'),
      customer_key: customerKey,
      created_at: now.toISOString(),
    })),
    'on conflict (company_id, customer_key) do nothing returning company_id, customer_id, customer_key',
  );
  const customers = new Map(
    created.map(newCustomerOf).map((customer) => [customerNameOf(customer), customer]),
  );
  const existing = sorted.filter((name) => !customers.has(customerNameOf(name)));
  for (const customer of await lockExisting(tx, existing)) customers.set(customerNameOf(customer), customer);
  return customers;
}

interface NewCustomerRow {
  readonly company_id: Id<'Company'>;
  readonly customer_id: Id<'Customer'>;
  readonly customer_key: string;
}

const newCustomerOf = (row: NewCustomerRow): Customer => ({
  companyId: row.company_id,
  customerId: row.customer_id,
  customerKey: row.customer_key,
  email: null,
  signedUpAt: null,
  firstPaidAt: null,
  lastActionAt: null,
  binding: null,
  lapsedAt: null,
  assignmentId: null,
  isDeleted: false,
});

/** @param names sorted: rows are locked in this order, so that two batches never wait for each other */
async function lockExisting(tx: Transaction, names: readonly CustomerName[]): Promise<Customer[]> {
  if (names.length === 0) return [];
  const rows = await tx.query<CustomerRow>(
    `select customer.* from unnest($1::uuid[], $2::text[]) as named(company_id, customer_key)
      cross join lateral (
        select ${CUSTOMER_COLUMNS} from attribution.customer c
         where c.company_id = named.company_id and c.customer_key = named.customer_key for update) as customer`,
    [names.map(({ companyId }) => companyId), names.map(({ customerKey }) => customerKey)],
  );
  return rows.map(customerOf);
}

const inLockOrder = (names: readonly CustomerName[]): CustomerName[] => {
  const distinct = new Map(names.map((name) => [customerNameOf(name), name]));
  return [...distinct].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name);
};

/** A customer of whom something was decided without the clicks of these visitors. */
export interface CustomerOfVisitors {
  readonly customer: Customer;
  readonly visitorIds: readonly Id<'Visitor'>[];
}

/**
 * Locks the customers of whom something stands decided by the clicks of the same visitors, or without the
 * click it named.
 */
export async function lockCustomersOfVisitors(
  tx: Transaction,
  clicks: readonly Pick<ClickRecord, 'companyId' | 'clickId' | 'visitorId'>[],
): Promise<CustomerOfVisitors[]> {
  if (clicks.length === 0) return [];
  const concerned = await tx.query<ConcernedRow>(
    `select customer.company_id, customer.customer_id, customer.customer_key, click.visitor_id
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as click(company_id, click_id, visitor_id)
      cross join lateral (
        select d.customer_id from attribution.decision d
         where d.company_id = click.company_id and d.visitor_id = click.visitor_id and d.superseded_at is null
         union
        select d.customer_id from attribution.decision d
         where d.company_id = click.company_id and d.presented_click_id = click.click_id
           and d.presented = 'unknown' and d.superseded_at is null) as decided
      cross join lateral (
        select c.company_id, c.customer_id, c.customer_key from attribution.customer c
         where c.company_id = click.company_id and c.customer_id = decided.customer_id offset 0) as customer`,
    [
      clicks.map(({ companyId }) => companyId),
      clicks.map(({ clickId }) => clickId),
      clicks.map(({ visitorId }) => visitorId),
    ],
  );
  const visitorsOf = Map.groupBy(concerned, (row) => row.customer_id);
  const names = concerned.map((row) => ({ companyId: row.company_id, customerKey: row.customer_key }));
  return (await lockExisting(tx, inLockOrder(names))).map((customer) => ({
    customer,
    visitorIds: [...new Set(visitorsOf.get(customer.customerId)?.map((row) => row.visitor_id))],
  }));
}

interface ConcernedRow {
  readonly company_id: Id<'Company'>;
  readonly customer_id: Id<'Customer'>;
  readonly customer_key: string;
  readonly visitor_id: Id<'Visitor'>;
}
