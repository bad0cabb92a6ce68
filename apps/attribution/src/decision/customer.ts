import type { Id } from '#kernel';

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

/** What `customerOf` reads. */
export const CUSTOMER_COLUMNS = `company_id, customer_id, customer_key, email, signed_up_at, first_paid_at, last_action_at,
  partnership_id, program_id, bound_by_kind, bound_by_key, bound_at`;

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
  readonly bound_by_kind: 'signup' | 'order' | null;
  readonly bound_by_key: string | null;
  readonly bound_at: string | null;
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
