import { DELETION_REASON_TEXTS, type DeletionReason } from '#contracts';
import type { Condition } from './condition.js';
import type { Evaluation, EvaluationOutcome } from './evaluate.js';
import { isCancelled, type SubjectFacts } from './subject.js';

/** What a company deleted: the commission itself, or what it is about, or whose that is. */
export const DELETION_EXTENTS = ['commission', 'subject', 'customer'] as const;
export type DeletionExtent = (typeof DELETION_EXTENTS)[number];

interface Said {
  /** The company's own words, shown to the partner. */
  readonly note: string | null;
}

export interface Approval extends Said {
  readonly kind: 'approved';
}

/** A no in the review. */
export interface Decline extends Said {
  readonly kind: 'declined';
  readonly reason: DeletionReason;
}

/** A no at any time. */
export interface Deletion extends Said {
  readonly kind: 'deleted';
  readonly extent: DeletionExtent;
  readonly reason: DeletionReason;
}

/** A company's word on one commission; the last one counts. */
export type CommissionRuling = Approval | Decline | Deletion;

/**
 * A cancelled order comes to what was fulfilled of it all the same, mostly to nothing, whatever an offer makes
 * of it. It stays a yes, so that the partner can be told that it was cancelled.
 */
export function unlessCancelled(evaluation: Evaluation, subject: SubjectFacts): Evaluation {
  if (subject.kind !== 'order' || subject.cancelledAt === null) return evaluation;
  const target = isCancelled(subject) ? 0n : evaluation.target;
  return { ...evaluation, amount: target, target };
}

/** Outcomes by which something is or may become owed. */
const QUALIFYING: ReadonlySet<EvaluationOutcome> = new Set(['waiting_fulfilment', 'in_review', 'earned']);

export const isQualifying = (outcome: EvaluationOutcome): boolean => QUALIFYING.has(outcome);

/**
 * What is left of an evaluation once the company has its say: a refusal leaves nothing, and where people of
 * the company review an offer's commissions, nothing is owed until they approve. A subject that does not
 * qualify needs no ruling.
 */
export function underRuling(evaluation: Evaluation, ruling: CommissionRuling | null): Evaluation {
  if (!isQualifying(evaluation.outcome)) return evaluation;
  if (ruling && ruling.kind !== 'approved') return refused(evaluation, ruling);
  const isAwaited = evaluation.review === 'manual' && evaluation.outcome === 'earned' && !ruling;
  return isAwaited ? { ...evaluation, outcome: 'in_review', target: 0n } : evaluation;
}

function refused(evaluation: Evaluation, { kind, reason }: Decline | Deletion): Evaluation {
  const ruling: Condition = {
    code: 'RULING',
    required: 'not declined or deleted by the company',
    actual: `${kind} because ${DELETION_REASON_TEXTS[reason]}`,
    passed: false,
    wouldPassIf: null,
  };
  const conditions = [...evaluation.conditions, ruling];
  return { ...evaluation, outcome: kind, conditions, amount: 0n, target: 0n, heldUntil: null };
}
