import { dateOrNull } from '#database';
import type { Id } from '#kernel';
import type { KnownCustomer, Moment } from '#rules';
import type { Grounds } from './grounds.js';
import { membershipFor } from './memberships.js';

/** Whom a customer belongs to and by what, without what its partnership was at the time. */
export interface BindingRecord {
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  /** Of kind `manual`: by the assignment of that key. */
  readonly by: Moment;
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
  /** The latest time at which an order was cancelled that held a binding. */
  readonly lapsedAt: Date | null;
  /** The company said by hand whose the customer is: its binding, or nobody's where there is none. */
  readonly assignmentId: Id<'Assignment'> | null;
  readonly isDeleted: boolean;
}

export interface CustomerName {
  readonly companyId: Id<'Company'>;
  readonly customerKey: string;
}

export const customerNameOf = ({ companyId, customerKey }: CustomerName): string =>
  JSON.stringify([companyId, customerKey]);

/** What the rules get to know of the customer. */
export function knownCustomer(
  { binding, assignmentId, isDeleted }: Customer,
  grounds: Grounds,
): KnownCustomer {
  const membership = binding && membershipFor(binding.partnershipId, grounds.memberships);
  const bound = binding && membership && { membership, by: binding.by };
  if (isDeleted) return { binding: bound, ruling: { kind: 'deleted' } };
  if (assignmentId !== null) return { binding: null, ruling: { kind: 'assigned', membership } };
  return { binding: bound, ruling: null };
}

/** Whether a person at the company decided whose it is, so that no fact changes it. */
export const isRuled = ({ assignmentId, isDeleted }: Customer): boolean => isDeleted || assignmentId !== null;

/** What `customerOf` reads. */
export const CUSTOMER_COLUMNS = `company_id, customer_id, customer_key, email, signed_up_at, first_paid_at, last_action_at,
  partnership_id, program_id, bound_by_kind, bound_by_key, bound_at, lapsed_at, assignment_id,
  deleted_at is not null as is_deleted`;

export interface CustomerRow {
  readonly company_id: Id<'Company'>;
  readonly customer_id: Id<'Customer'>;
  readonly customer_key: string;
  readonly email: string | null;
  readonly signed_up_at: string | null;
  readonly first_paid_at: string | null;
  readonly last_action_at: string | null;
  readonly partnership_id: Id<'Partnership'> | null;
  readonly program_id: Id<'Program'> | null;
  readonly bound_by_kind: Moment['kind'] | null;
  readonly bound_by_key: string | null;
  readonly bound_at: string | null;
  readonly lapsed_at: string | null;
  readonly assignment_id: Id<'Assignment'> | null;
  readonly is_deleted: boolean;
}

export function customerOf(row: CustomerRow): Customer {
  return {
    companyId: row.company_id,
    customerId: row.customer_id,
    customerKey: row.customer_key,
    email: row.email,
    signedUpAt: dateOrNull(row.signed_up_at),
    firstPaidAt: dateOrNull(row.first_paid_at),
    lastActionAt: dateOrNull(row.last_action_at),
    binding: bindingOf(row),
    lapsedAt: dateOrNull(row.lapsed_at),
    assignmentId: row.assignment_id,
    isDeleted: row.is_deleted,
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
