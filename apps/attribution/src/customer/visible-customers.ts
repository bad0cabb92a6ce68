import type { DeletionReason } from '#contracts';
import { dateOrNull, type Transaction, Where } from '#database';
import type { PartnershipOfPartner } from '#http';
import type { Id } from '#kernel';
import type { CompanyCustomer, CustomerState } from './company-customer.js';

/** Whose customers are read. */
type OwnCustomers = Pick<PartnershipOfPartner, 'companyId' | 'partnershipId'>;

/** A customer as its partner may see it. */
export interface VisibleCustomer {
  readonly customerId: Id<'Customer'>;
  readonly email: string | null;
  readonly signedUpAt: Date | null;
  /** Null while no order of the customer may be seen. */
  readonly firstPaidAt: Date | null;
  readonly boundAt: Date;
  /** Null while the company has not deleted it. */
  readonly deletion: CompanyCustomer['deletion'];
}

/**
 * The partner's customers whom the partner may see, newest first: those it was credited for by anything but an
 * order, by an order that needs no fulfilment, or by one that is fulfilled. Attribution is one thing, visibility
 * another. Deleted ones stay, with the reason (B-47).
 *
 * @param before only customers with a lower id
 */
export async function readVisibleCustomers(
  tx: Transaction,
  partnership: PartnershipOfPartner,
  state: CustomerState | null,
  before: Id<'Customer'> | null,
  limit: number,
): Promise<VisibleCustomer[]> {
  const visible: VisibleCustomer[] = [];
  let last = before;
  for (;;) {
    const rows = await readBoundCustomers(tx, partnership, { state, before: last }, limit);
    visible.push(...(await onlyVisible(tx, partnership, rows)));
    last = rows.at(-1)?.customer_id ?? null;
    if (visible.length >= limit || rows.length < limit) return visible.slice(0, limit);
  }
}

/** One customer, or null when it is not there, not this partner's, or not visible yet. */
export async function readVisibleCustomer(
  tx: Transaction,
  partnership: OwnCustomers,
  customerId: Id<'Customer'>,
): Promise<VisibleCustomer | null> {
  const rows = await readBoundCustomers(tx, partnership, { only: customerId }, 1);
  return (await onlyVisible(tx, partnership, rows))[0] ?? null;
}

interface BoundCustomerRow {
  readonly customer_id: Id<'Customer'>;
  readonly email: string | null;
  readonly signed_up_at: string | null;
  readonly first_paid_at: string | null;
  readonly bound_at: string;
  readonly deleted_at: string | null;
  readonly deletion_reason: DeletionReason | null;
  readonly deletion_note: string | null;
  readonly shows_by_itself: boolean;
  readonly shows_by_payment: boolean;
}

function readBoundCustomers(
  tx: Transaction,
  { companyId, partnershipId }: OwnCustomers,
  {
    state = null,
    before = null,
    only = null,
  }: {
    readonly state?: CustomerState | null;
    readonly before?: Id<'Customer'> | null;
    readonly only?: Id<'Customer'> | null;
  },
  limit: number,
): Promise<BoundCustomerRow[]> {
  const where = new Where()
    .and('c.company_id = ?', companyId)
    .and('c.partnership_id = ?', partnershipId)
    .and('c.customer_id < ?', before)
    .and('c.customer_id = ?', only)
    .and('(c.deleted_at is not null) = ?', state && state === 'deleted');
  return tx.query<BoundCustomerRow>(
    `select customer_id, email, signed_up_at, first_paid_at, bound_at,
            deleted_at, deletion_reason, deletion_note,
            bound_by_kind <> 'order' or coalesce(signed_up_at >= bound_at, false) as shows_by_itself,
            exists (
              select from attribution.decision d
               where d.company_id = c.company_id and d.customer_id = c.customer_id
                 and d.partnership_id = c.partnership_id and d.superseded_at is null
                 and d.subject_kind = 'order' and d.subject_facts->>'fulfilmentPolicy' = 'none'
            ) as shows_by_payment
       from attribution.customer c
      where ${where.text} order by customer_id desc limit ${where.parameter(limit)}`,
    where.values,
  );
}

async function onlyVisible(
  tx: Transaction,
  { companyId, partnershipId }: OwnCustomers,
  rows: readonly BoundCustomerRow[],
): Promise<VisibleCustomer[]> {
  const unsure = rows
    .filter((row) => !row.shows_by_payment && row.first_paid_at !== null)
    .map((row) => row.customer_id);
  const fulfilled =
    unsure.length === 0
      ? []
      : await tx.query<{ customer_id: string }>(
          `select distinct customer_id from commissions.published_order
            where company_id = $1 and partnership_id = $2 and customer_id = any($3::uuid[])
              and fulfilled_at is not null`,
          [companyId, partnershipId, unsure],
        );
  const hasFulfilled = new Set(fulfilled.map((row) => row.customer_id));
  const showsOrders = ({ shows_by_payment, customer_id }: BoundCustomerRow) =>
    shows_by_payment || hasFulfilled.has(customer_id);
  return rows
    .filter((row) => row.shows_by_itself || showsOrders(row))
    .map((row) => ({
      customerId: row.customer_id,
      email: row.email,
      signedUpAt: dateOrNull(row.signed_up_at),
      firstPaidAt: showsOrders(row) ? dateOrNull(row.first_paid_at) : null,
      boundAt: new Date(row.bound_at),
      deletion:
        row.deleted_at !== null && row.deletion_reason !== null
          ? { reason: row.deletion_reason, note: row.deletion_note, deletedAt: new Date(row.deleted_at) }
          : null,
    }));
}
