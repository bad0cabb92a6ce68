import type { AttributionDecided, DeletionReason, FulfilmentPolicy, OrderLine } from '#contracts';
import type { Delivery } from '#bus';
import { asId, type Id, parseCurrency } from '#kernel';
import { type Deletion, type SubjectFacts, totalRefunded } from '#rules';

/** Names what commissions are about within a company: an order by its key, a signup by its customer's. */
export interface SubjectName {
  readonly companyId: Id<'Company'>;
  readonly kind: 'order' | 'signup';
  readonly key: string;
}

/** The partnership that attribution credited. */
export interface Credit {
  readonly partnershipId: Id<'Partnership'>;
  readonly partnerId: Id<'Partner'>;
  readonly programId: Id<'Program'>;
}

/** A decided subject with all facts known of it; held under its row's lock while it is judged. */
export interface Subject extends SubjectName {
  readonly customerId: Id<'Customer'>;
  readonly credit: Credit | null;
  readonly facts: SubjectFacts;
  /** Set when the company deleted it, or its customer. */
  readonly deletion: Deletion | null;
  /** How often it was evaluated: the number of the last evaluation round. */
  readonly evaluations: number;
}

/** The columns of a subject, as text where the driver gives text; null where nothing is known yet. */
export interface SubjectRow extends DecisionColumns, FactColumns {}

/** What attribution decided of a subject, as columns. */
export interface DecisionColumns {
  readonly company_id: string;
  readonly kind: 'order' | 'signup';
  readonly key: string;
  readonly revision: number;
  readonly occurred_at: string | null;
  readonly customer_id: string | null;
  readonly partnership_id: string | null;
  readonly partner_id: string | null;
  readonly program_id: string | null;
  readonly amount: string | null;
  readonly tax: string | null;
  readonly shipping: string | null;
  readonly currency: string | null;
  readonly fulfilment_policy: FulfilmentPolicy | null;
  /** Empty when the platform sends none; null for what has no lines. */
  readonly lines: readonly OrderLine[] | null;
}

/** What becomes known of a decided subject, as columns. */
export interface FactColumns {
  readonly fulfilled_at: string | null;
  readonly refunded_singly: string;
  readonly refunded_snapshot: string;
  /** When each line was first fulfilled, by its key, as far as fulfilments named lines. */
  readonly fulfilled_lines: Readonly<Record<string, string>>;
  /** When nothing was left to fulfil. */
  readonly completed_at: string | null;
  readonly cancelled_at: string | null;
  readonly charged_back: string;
  readonly deleted_extent: 'subject' | 'customer' | null;
  readonly deletion_reason: DeletionReason | null;
  readonly deletion_note: string | null;
  readonly evaluations: number;
}

/** Before anything is known. */
export const NO_FACTS = {
  fulfilled_at: null,
  refunded_singly: '0',
  refunded_snapshot: '0',
  fulfilled_lines: {},
  completed_at: null,
  cancelled_at: null,
  charged_back: '0',
  deleted_extent: null,
  deletion_reason: null,
  deletion_note: null,
  evaluations: 0,
} as const satisfies FactColumns;

/** A text that is equal for the same subject, and sorts subjects in the order their rows are locked. */
export const nameOf = (row: {
  readonly company_id: string;
  readonly kind: string;
  readonly key: string;
}): string => `${row.company_id} ${row.kind} ${row.key}`;

export function decisionColumns(delivery: Delivery<'attribution.decided'>): DecisionColumns {
  const { data } = delivery;
  return {
    company_id: delivery.companyId,
    ...nameOfSubject(data.subject),
    revision: data.revision,
    occurred_at: delivery.occurredAt.toISOString(),
    customer_id: data.customerId,
    partnership_id: data.winner?.partnershipId ?? null,
    partner_id: data.winner?.partnerId ?? null,
    program_id: data.winner?.programId ?? null,
    ...orderColumns(data.subject),
  };
}

/** The row of a subject that the company deleted. */
export function withDeletion(row: SubjectRow, { extent, reason, note }: Deletion): SubjectRow {
  return {
    ...row,
    deleted_extent: extent === 'customer' ? 'customer' : 'subject',
    deletion_reason: reason,
    deletion_note: note,
  };
}

function nameOfSubject(subject: AttributionDecided['subject']): Pick<SubjectRow, 'kind' | 'key'> {
  switch (subject.kind) {
    case 'order':
      return { kind: 'order', key: subject.orderKey };
    case 'signup':
      return { kind: 'signup', key: subject.customerKey };
    case 'lead':
    case 'deal':
    case 'action':
      throw new TypeError(`no offer pays on a ${subject.kind}`);
  }
}

function orderColumns(subject: AttributionDecided['subject']) {
  if (subject.kind !== 'order') {
    return { amount: null, tax: null, shipping: null, currency: null, fulfilment_policy: null, lines: null };
  }
  return {
    amount: String(subject.amount),
    tax: String(subject.tax),
    shipping: String(subject.shipping),
    currency: subject.currency,
    fulfilment_policy: subject.fulfilmentPolicy,
    lines: subject.lines,
  };
}

/** Reads a row whose decision is known. Throws a TypeError on a row that the table's checks exclude. */
export function subjectOf(row: SubjectRow): Subject {
  if (row.customer_id === null) throw new TypeError(`the subject ${nameOf(row)} is not decided yet`);
  return {
    companyId: asId('Company', row.company_id),
    kind: row.kind,
    key: row.key,
    customerId: asId('Customer', row.customer_id),
    credit: creditOf(row),
    facts: factsOf(row),
    deletion: deletionOf(row),
    evaluations: row.evaluations,
  };
}

function creditOf({ partnership_id, partner_id, program_id }: SubjectRow): Credit | null {
  if (partnership_id === null || partner_id === null || program_id === null) return null;
  return {
    partnershipId: asId('Partnership', partnership_id),
    partnerId: asId('Partner', partner_id),
    programId: asId('Program', program_id),
  };
}

function deletionOf(row: SubjectRow): Deletion | null {
  if (row.deleted_extent === null || row.deletion_reason === null) return null;
  return {
    kind: 'deleted',
    extent: row.deleted_extent,
    reason: row.deletion_reason,
    note: row.deletion_note,
  };
}

function factsOf(row: SubjectRow): SubjectFacts {
  const occurredAt = new Date(row.occurred_at ?? Number.NaN);
  if (row.kind === 'signup') return { kind: 'signup', occurredAt };
  const amount = BigInt(row.amount ?? 0);
  const refunded = totalRefunded(amount, BigInt(row.refunded_singly), BigInt(row.refunded_snapshot));
  const chargedBack = BigInt(row.charged_back);
  return {
    kind: 'order',
    occurredAt,
    amount,
    tax: BigInt(row.tax ?? 0),
    shipping: BigInt(row.shipping ?? 0),
    currency: parseCurrency(row.currency),
    fulfilmentPolicy: row.fulfilment_policy ?? 'none',
    lines: (row.lines ?? []).map((line) => ({ ...line, amount: BigInt(line.amount) })),
    fulfilledAt: timeOrNull(row.fulfilled_at),
    completedAt: timeOrNull(row.completed_at),
    fulfilledLines: new Set(Object.keys(row.fulfilled_lines)),
    cancelledAt: timeOrNull(row.cancelled_at),
    chargedBack,
    refunded: refunded + chargedBack > amount ? amount : refunded + chargedBack,
  };
}

const timeOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text));
