import type { AttributionDecided, FulfilmentPolicy } from '#contracts';
import type { Delivery } from '#bus';
import { asId, type Id, parseCurrency } from '#kernel';
import { type SubjectFacts, totalRefunded } from '#rules';

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
  /** How often it was evaluated: the number of the last evaluation round. */
  readonly evaluations: number;
}

/** The columns of a subject, as text where the driver gives text; null where nothing is known yet. */
export interface SubjectRow {
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
  readonly fulfilled_at: string | null;
  readonly refunded_singly: string;
  readonly refunded_snapshot: string;
  readonly evaluations: number;
}

/** A text that is equal for the same subject, and sorts subjects in the order their rows are locked. */
export const nameOf = (row: {
  readonly company_id: string;
  readonly kind: string;
  readonly key: string;
}): string => `${row.company_id} ${row.kind} ${row.key}`;

/** What a decision says of its subject, as columns; facts of its own (fulfilment, refunds) are empty. */
export function rowOfDecision(delivery: Delivery<'attribution.decided'>): SubjectRow {
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
    fulfilled_at: null,
    refunded_singly: '0',
    refunded_snapshot: '0',
    evaluations: 0,
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
    return { amount: null, tax: null, shipping: null, currency: null, fulfilment_policy: null };
  }
  return {
    amount: String(subject.amount),
    tax: String(subject.tax),
    shipping: String(subject.shipping),
    currency: subject.currency,
    fulfilment_policy: subject.fulfilmentPolicy,
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

function factsOf(row: SubjectRow): SubjectFacts {
  const occurredAt = new Date(row.occurred_at ?? Number.NaN);
  if (row.kind === 'signup') return { kind: 'signup', occurredAt };
  const amount = BigInt(row.amount ?? 0);
  return {
    kind: 'order',
    occurredAt,
    amount,
    tax: BigInt(row.tax ?? 0),
    shipping: BigInt(row.shipping ?? 0),
    currency: parseCurrency(row.currency),
    fulfilmentPolicy: row.fulfilment_policy ?? 'none',
    lines: [],
    fulfilledAt: row.fulfilled_at === null ? null : new Date(row.fulfilled_at),
    completedAt: row.fulfilled_at === null ? null : new Date(row.fulfilled_at),
    fulfilledLines: new Set(),
    refunded: totalRefunded(amount, BigInt(row.refunded_singly), BigInt(row.refunded_snapshot)),
  };
}
