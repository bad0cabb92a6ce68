import { insertRows, type Transaction } from '#database';
import { type Id, newId } from '#kernel';
import type { ClickRecord } from './clicks.js';

/** Whom a customer belongs to and by which action, without what its partnership was at the time. */
export interface BindingRecord {
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly by: {
    readonly kind: 'signup' | 'order';
    readonly subjectKey: string;
    readonly occurredAt: Date;
  };
}

export interface Customer {
  readonly companyId: Id<'Company'>;
  readonly customerId: Id<'Customer'>;
  readonly customerKey: string;
  readonly email: string | null;
  readonly signedUpAt: Date | null;
  readonly firstPaidAt: Date | null;
  /** The latest event time of its decided actions: an action before it is late. */
  readonly lastActionAt: Date | null;
  readonly binding: BindingRecord | null;
}

export interface CustomerName {
  readonly companyId: Id<'Company'>;
  readonly customerKey: string;
}

export const customerNameOf = ({ companyId, customerKey }: CustomerName): string =>
  JSON.stringify([companyId, customerKey]);

/**
 * Locks the named customers in key order, creating those that are not there yet, and returns them by
 * `customerNameOf`. Whoever changes what a customer's decisions say holds this lock.
 */
export async function lockCustomers(
  tx: Transaction,
  names: readonly CustomerName[],
  now: Date,
): Promise<Map<string, Customer>> {
  const distinct = new Map(names.map((name) => [customerNameOf(name), name]));
  const sorted = [...distinct.keys()].toSorted().map((key) => distinct.get(key) as CustomerName);
  const created = await insertRows<CustomerRow>(
    tx,
    'attribution.customer',
    { company_id: 'uuid', customer_id: 'uuid', customer_key: 'text', created_at: 'timestamptz' },
    sorted.map(({ companyId, customerKey }) => ({
      company_id: companyId,
      customer_id: newId('Customer'),
      customer_key: customerKey,
      created_at: now.toISOString(),
    })),
    `on conflict (company_id, customer_key) do nothing returning ${COLUMNS}`,
  );
  const customers = new Map(created.map(customerOf).map((customer) => [customerNameOf(customer), customer]));
  const existing = sorted.filter((name) => !customers.has(customerNameOf(name)));
  if (existing.length === 0) return customers;
  const locked = await tx.query<CustomerRow>(
    `select ${COLUMNS}
       from unnest($1::uuid[], $2::text[]) as name(company_id, customer_key)
       join attribution.customer using (company_id, customer_key)
      order by company_id, customer_key
        for update of customer`,
    [existing.map(({ companyId }) => companyId), existing.map(({ customerKey }) => customerKey)],
  );
  for (const customer of locked.map(customerOf)) customers.set(customerNameOf(customer), customer);
  return customers;
}

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
  const concerned = await tx.query<{ customer_id: Id<'Customer'>; visitor_id: Id<'Visitor'> }>(
    `select d.customer_id, c.visitor_id
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as c(company_id, click_id, visitor_id)
       join attribution.decision d on d.company_id = c.company_id and d.visitor_id = c.visitor_id
      where d.superseded_at is null
      union
     select d.customer_id, c.visitor_id
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as c(company_id, click_id, visitor_id)
       join attribution.decision d on d.company_id = c.company_id and d.presented_click_id = c.click_id
      where d.superseded_at is null and d.presented = 'unknown'`,
    [
      clicks.map(({ companyId }) => companyId),
      clicks.map(({ clickId }) => clickId),
      clicks.map(({ visitorId }) => visitorId),
    ],
  );
  if (concerned.length === 0) return [];
  const visitorsOf = Map.groupBy(concerned, (row) => row.customer_id);
  const locked = await tx.query<CustomerRow>(
    `select ${COLUMNS} from attribution.customer where customer_id = any($1::uuid[])
      order by company_id, customer_key for update`,
    [[...visitorsOf.keys()]],
  );
  return locked.map(customerOf).map((customer) => ({
    customer,
    visitorIds: (visitorsOf.get(customer.customerId) ?? []).map((row) => row.visitor_id),
  }));
}

/** Writes what the batch learned about the customers, in one statement. */
export async function saveCustomers(tx: Transaction, customers: readonly Customer[]): Promise<void> {
  if (customers.length === 0) return;
  await tx.query(
    `update attribution.customer c
        set email = r.email, signed_up_at = r.signed_up_at, first_paid_at = r.first_paid_at,
            last_action_at = r.last_action_at, partnership_id = r.partnership_id, program_id = r.program_id,
            bound_by_kind = r.bound_by_kind, bound_by_key = r.bound_by_key, bound_at = r.bound_at
       from json_to_recordset($1::json) as r(company_id uuid, customer_id uuid, email text,
            signed_up_at timestamptz, first_paid_at timestamptz, last_action_at timestamptz,
            partnership_id uuid, program_id uuid, bound_by_kind text, bound_by_key text, bound_at timestamptz)
      where c.company_id = r.company_id and c.customer_id = r.customer_id`,
    [
      JSON.stringify(
        customers.map((customer) => ({
          company_id: customer.companyId,
          customer_id: customer.customerId,
          email: customer.email,
          signed_up_at: customer.signedUpAt,
          first_paid_at: customer.firstPaidAt,
          last_action_at: customer.lastActionAt,
          partnership_id: customer.binding?.partnershipId ?? null,
          program_id: customer.binding?.programId ?? null,
          bound_by_kind: customer.binding?.by.kind ?? null,
          bound_by_key: customer.binding?.by.subjectKey ?? null,
          bound_at: customer.binding?.by.occurredAt ?? null,
        })),
      ),
    ],
  );
}

const COLUMNS = `company_id, customer_id, customer_key, email, signed_up_at, first_paid_at, last_action_at,
  partnership_id, program_id, bound_by_kind, bound_by_key, bound_at`;

interface CustomerRow {
  readonly company_id: Id<'Company'>;
  readonly customer_id: Id<'Customer'>;
  readonly customer_key: string;
  readonly email: string | null;
  readonly signed_up_at: string | null;
  readonly first_paid_at: string | null;
  readonly last_action_at: string | null;
  readonly partnership_id: Id<'Partnership'> | null;
  readonly program_id: Id<'Program'> | null;
  readonly bound_by_kind: 'signup' | 'order' | null;
  readonly bound_by_key: string | null;
  readonly bound_at: string | null;
}

function customerOf(row: CustomerRow): Customer {
  return {
    companyId: row.company_id,
    customerId: row.customer_id,
    customerKey: row.customer_key,
    email: row.email,
    signedUpAt: dateOrNull(row.signed_up_at),
    firstPaidAt: dateOrNull(row.first_paid_at),
    lastActionAt: dateOrNull(row.last_action_at),
    binding: bindingOf(row),
  };
}

function bindingOf(row: CustomerRow): BindingRecord | null {
  if (!row.partnership_id || !row.program_id || !row.bound_by_kind || !row.bound_at) return null;
  return {
    partnershipId: row.partnership_id,
    programId: row.program_id,
    by: {
      kind: row.bound_by_kind,
      subjectKey: row.bound_by_key ?? '',
      occurredAt: new Date(row.bound_at),
    },
  };
}

const dateOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text));
