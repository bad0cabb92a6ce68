import type { DeletionReason, FulfilmentPolicy, OrderLine, SubjectKind } from '#contracts';
import { asId, type Id } from '#kernel';
import type { Deletion, SubjectFacts } from '#rules';
import { factsOf } from './facts-of.js';

/** Names what commissions are about within a company: a signup by its customer's key, all others by their own. */
export interface SubjectName {
  readonly companyId: Id<'Company'>;
  readonly kind: SubjectKind;
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
  readonly kind: SubjectKind;
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
  /** The name of an action. */
  readonly action: string | null;
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

export const nameOfSubject = ({ companyId, kind, key }: SubjectName): string =>
  nameOf({ company_id: companyId, kind, key });

/** The row with how often it has been evaluated, where it was judged. */
export const withEvaluations = (row: SubjectRow, evaluations: ReadonlyMap<string, number>): SubjectRow => ({
  ...row,
  evaluations: evaluations.get(nameOf(row)) ?? row.evaluations,
});

/** The row of a subject that the company deleted. */
export function withDeletion(row: SubjectRow, { extent, reason, note }: Deletion): SubjectRow {
  return {
    ...row,
    deleted_extent: extent === 'customer' ? 'customer' : 'subject',
    deletion_reason: reason,
    deletion_note: note,
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
