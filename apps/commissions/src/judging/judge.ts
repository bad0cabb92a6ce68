import { asId, type Id, newId } from '#kernel';
import { type CustomerFacts, type Owed, owedFor, type PostingLine, postingsFor } from '#rules';
import type { CommissionState, ReversalReason } from '../commission/commission-state.js';
import type { Subject } from '../subject/subject.js';
import type { History, PastCommission, PastEvaluation } from './history.js';
import type { OfferBook } from './offer-book.js';
import { type Opinion, opinionsOf, slotOf, slotOfOpinion } from './opinion.js';

/** How one commission stands after a judgement, and what has to be posted for it. */
export interface JudgedCommission {
  readonly commissionId: Id<'Commission'>;
  readonly opinion: Opinion;
  readonly state: CommissionState;
  readonly reversalReason: ReversalReason | null;
  /** What it comes to now; while it waits, what it will come to. */
  readonly amount: bigint;
  readonly owed: Owed;
  readonly heldUntil: Date | null;
  readonly isNew: boolean;
  readonly lines: readonly PostingLine[];
}

export interface Judgement {
  readonly subject: Subject;
  /** The number of this round, which its evaluations and postings carry. */
  readonly evaluationNo: number;
  /** Those that say something else than the last ones did. */
  readonly opinions: readonly Opinion[];
  /** Those that are new or changed. */
  readonly commissions: readonly JudgedCommission[];
}

/**
 * Judges a subject by all facts known: what is to be recorded, and target − posted. The same facts again
 * yield nothing, so replays and duplicates are harmless.
 */
export function judge(
  subject: Subject,
  customer: CustomerFacts,
  history: History,
  book: OfferBook,
  now: Date,
): Judgement {
  const past = new Map(history.evaluations.map((row) => [slotOf(row), row]));
  const commissions = new Map(history.commissions.map((row) => [slotOf(row), row]));
  const opinions = opinionsOf(subject, customer, history, book);
  const fresh = opinions.filter((opinion) => !isRepetition(opinion, past.get(slotOfOpinion(opinion))));
  return {
    subject,
    evaluationNo: subject.evaluations + 1,
    opinions: fresh,
    commissions: opinions.flatMap((opinion) => {
      const before = commissions.get(slotOfOpinion(opinion));
      if (fresh.includes(opinion)) return judgeCommission(subject, opinion, before, now) ?? [];
      return before ? (moveHold(opinion, before) ?? []) : [];
    }),
  };
}

function isRepetition({ offerVersion, evaluation }: Opinion, past: PastEvaluation | undefined): boolean {
  if (!past) return false;
  const failed = evaluation.conditions.filter(({ passed }) => !passed).map(({ code }) => code);
  return (
    past.offer_version === offerVersion &&
    past.outcome === evaluation.outcome &&
    BigInt(past.amount) === evaluation.amount &&
    BigInt(past.target_amount) === evaluation.target &&
    past.failed === failed.join(' ')
  );
}

function judgeCommission(
  subject: Subject,
  opinion: Opinion,
  before: PastCommission | undefined,
  now: Date,
): JudgedCommission | null {
  const { evaluation } = opinion;
  const reversalReason = reversalOf(subject, opinion);
  if (!before && (reversalReason === 'NOT_QUALIFIED' || reversalReason === 'REATTRIBUTED')) return null;
  const isHoldOver =
    evaluation.heldUntil !== null && (evaluation.heldUntil <= now || before?.state === 'payable');
  const owed = owedFor(evaluation.target, isHoldOver ? 'over' : 'running');
  const posted = { held: BigInt(before?.held ?? 0), payable: BigInt(before?.payable ?? 0) };
  return {
    commissionId: commissionIdOf(before),
    opinion,
    state: stateOf(opinion, reversalReason, isHoldOver ? 'over' : 'running'),
    reversalReason,
    amount: evaluation.amount,
    owed,
    heldUntil: evaluation.heldUntil,
    isNew: !before,
    lines: postingsFor(posted, owed),
  };
}

/** The same answer with another end of the hold: an earlier fulfilment became known. Releasing posts it. */
function moveHold(opinion: Opinion, before: PastCommission): JudgedCommission | null {
  const { heldUntil, amount } = opinion.evaluation;
  if (before.state !== 'held' || !heldUntil || before.held_until === null) return null;
  if (new Date(before.held_until).getTime() === heldUntil.getTime()) return null;
  return {
    commissionId: commissionIdOf(before),
    opinion,
    state: before.state,
    reversalReason: null,
    amount,
    owed: { held: BigInt(before.held), payable: BigInt(before.payable) },
    heldUntil,
    isNew: false,
    lines: [],
  };
}

function reversalOf({ facts }: Subject, { evaluation }: Opinion): ReversalReason | null {
  if (evaluation.outcome === 'withdrawn') return 'REATTRIBUTED';
  if (evaluation.outcome === 'not_qualified') return 'NOT_QUALIFIED';
  const isRefunded = facts.kind === 'order' && facts.amount > 0n && facts.refunded === facts.amount;
  return isRefunded ? 'REFUNDED' : null;
}

function stateOf(
  { evaluation }: Opinion,
  reversalReason: ReversalReason | null,
  hold: 'running' | 'over',
): CommissionState {
  if (reversalReason) return 'reversed';
  if (evaluation.outcome === 'waiting_fulfilment') return 'waiting_fulfilment';
  return hold === 'over' ? 'payable' : 'held';
}

const commissionIdOf = (before: PastCommission | undefined): Id<'Commission'> =>
  before ? asId('Commission', before.commission_id) : newId('Commission');
