import type { DeletionReason } from '#contracts';
import { dateOrNull, type Transaction, Where } from '#database';
import { type Id, NotFound } from '#kernel';
import type { Moment } from '#rules';

/** A customer as its company sees it. */
export interface CompanyCustomer {
  readonly customerId: Id<'Customer'>;
  readonly customerKey: string;
  readonly email: string | null;
  readonly signedUpAt: Date | null;
  readonly firstPaidAt: Date | null;
  readonly binding: {
    readonly partnershipId: Id<'Partnership'>;
    readonly programId: Id<'Program'>;
    readonly boundAt: Date;
    readonly byKind: Moment['kind'];
    readonly byKey: string;
  } | null;
  /** What the company last said by hand about whose the customer is. */
  readonly assignment: {
    readonly assignmentId: Id<'Assignment'>;
    readonly reason: string;
    readonly actor: string;
    readonly assignedAt: Date;
  } | null;
  readonly deletion: {
    readonly reason: DeletionReason;
    readonly note: string | null;
    readonly deletedAt: Date;
  } | null;
}

export const CUSTOMER_STATES = ['live', 'deleted'] as const;
export type CustomerState = (typeof CUSTOMER_STATES)[number];

/** Which of a company's customers; null does not narrow. */
export interface CustomerFilter {
  readonly customerId: Id<'Customer'> | null;
  readonly customerKey: string | null;
  readonly state: CustomerState | null;
  /** Only customers with a lower id. */
  readonly before: string | null;
}

/** The company's customers, newest first. */
export async function readCompanyCustomers(
  tx: Transaction,
  companyId: Id<'Company'>,
  { customerId, customerKey, state, before }: CustomerFilter,
  limit: number,
): Promise<CompanyCustomer[]> {
  const where = new Where()
    .and('c.company_id = ?', companyId)
    .and('c.customer_id = ?', customerId)
    .and('c.customer_key = ?', customerKey)
    .and('c.customer_id < ?', before)
    .and('(c.deleted_at is not null) = ?', state && state === 'deleted');
  const rows = await tx.query<Row>(
    `select c.customer_id, c.customer_key, c.email, c.signed_up_at, c.first_paid_at, c.partnership_id, c.program_id,
            c.bound_at, c.bound_by_kind, c.bound_by_key, c.deleted_at, c.deletion_reason, c.deletion_note,
            a.assignment_id, a.reason as assignment_reason, a.actor, a.assigned_at
       from attribution.customer c
       left join attribution.assignment a on a.company_id = c.company_id and a.assignment_id = c.assignment_id
      where ${where.text} order by c.customer_id desc limit ${where.parameter(limit)}`,
    where.values,
  );
  return rows.map(customerOf);
}

/** @throws NotFound */
export async function readCompanyCustomer(
  tx: Transaction,
  companyId: Id<'Company'>,
  customerId: Id<'Customer'>,
): Promise<CompanyCustomer> {
  const only = { customerId, customerKey: null, state: null, before: null };
  const [customer] = await readCompanyCustomers(tx, companyId, only, 1);
  if (!customer) throw new NotFound('customer');
  return customer;
}

interface Row {
  readonly customer_id: Id<'Customer'>;
  readonly customer_key: string;
  readonly email: string | null;
  readonly signed_up_at: string | null;
  readonly first_paid_at: string | null;
  readonly partnership_id: Id<'Partnership'> | null;
  readonly program_id: Id<'Program'> | null;
  readonly bound_at: string | null;
  readonly bound_by_kind: Moment['kind'] | null;
  readonly bound_by_key: string | null;
  readonly deleted_at: string | null;
  readonly deletion_reason: DeletionReason | null;
  readonly deletion_note: string | null;
  readonly assignment_id: Id<'Assignment'> | null;
  readonly assignment_reason: string | null;
  readonly actor: string | null;
  readonly assigned_at: string | null;
}

const customerOf = (row: Row): CompanyCustomer => ({
  customerId: row.customer_id,
  customerKey: row.customer_key,
  email: row.email,
  signedUpAt: dateOrNull(row.signed_up_at),
  firstPaidAt: dateOrNull(row.first_paid_at),
  binding: bindingOf(row),
  assignment: assignmentOf(row),
  deletion:
    row.deleted_at !== null && row.deletion_reason !== null
      ? { reason: row.deletion_reason, note: row.deletion_note, deletedAt: new Date(row.deleted_at) }
      : null,
});

function bindingOf(row: Row): CompanyCustomer['binding'] {
  const { partnership_id: partnershipId, program_id: programId, bound_by_kind: byKind } = row;
  if (!partnershipId || !programId || !byKind || row.bound_at === null) return null;
  return {
    partnershipId,
    programId,
    byKind,
    byKey: row.bound_by_key ?? '',
    boundAt: new Date(row.bound_at),
  };
}

function assignmentOf(row: Row): CompanyCustomer['assignment'] {
  const { assignment_id: assignmentId, assignment_reason: reason, actor, assigned_at: assignedAt } = row;
  if (!assignmentId || reason === null || actor === null || assignedAt === null) return null;
  return { assignmentId, reason, actor, assignedAt: new Date(assignedAt) };
}
