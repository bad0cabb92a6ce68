import { asId, type Id, newId } from '#kernel';
import {
  type CustomerFacts,
  isCancelled,
  isQualifying,
  type OrderFacts,
  type Owed,
  owedFor,
  type PostingLine,
  postingsFor,
} from '#rules';
import type { CommissionState, ReversalReason } from '../commission/commission-state.js';
import type { Subject } from '../subject/subject.js';
import { currentOpinions, type Grounds } from './current-opinions.js';
import type { History, PastCommission, PastEvaluation } from './history.js';
import { type Opinion, slotOf, slotOfOpinion, withdrawals } from './opinion.js';

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
 * Judges a subject by all facts known: what each offer makes of it for the credited partnership, the taking
 * back of what was said for another one before, and target − posted. The same facts again yield nothing, so
 * replays and duplicates are harmless.
 */
export function judge(
  subject: Subject,
  customer: CustomerFacts,
  history: History,
  grounds: Grounds,
  now: Date,
): Judgement {
  const past = new Map(history.evaluations.map((row) => [slotOf(row), row]));
  const commissions = new Map(history.commissions.map((row) => [slotOf(row), row]));
  const current = currentOpinions(subject, customer, history, grounds);
  const opinions = [...current, ...withdrawals(subject, history, new Set(current.map(slotOfOpinion)))];
  const fresh = opinions.filter((opinion) => !isRepetition(opinion, past.get(slotOfOpinion(opinion))));
  return {
    subject,
    evaluationNo: subject.evaluations + 1,
    opinions: fresh,
    commissions: opinions.flatMap((opinion) => {
      const before = commissions.get(slotOfOpinion(opinion));
      return fresh.includes(opinion)
        ? (judgeCommission(subject, opinion, before, holdAt(now, opinion, before)) ?? [])
        : (adjustCommission(subject, opinion, before) ?? []);
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
    // What a refund or the company takes back entirely stays used of a customer's cap: more or less of it.
    BigInt(past.promised) === evaluation.promised &&
    BigInt(past.target_amount) === evaluation.target &&
    past.failed === failed.join(' ')
  );
}

type Hold = 'running' | 'over';

/** What was payable once stays payable. */
function holdAt(now: Date, { evaluation }: Opinion, before: PastCommission | undefined): Hold {
  if (before && isHoldOver(before)) return 'over';
  return evaluation.heldUntil && evaluation.heldUntil <= now ? 'over' : 'running';
}

/** Also of what was reversed after a payout: should it be earned again, it is not held a second time. */
function isHoldOver(before: PastCommission): boolean {
  return before.state === 'payable' || before.state === 'paid' || settledOf(before) !== 0n;
}

/** What payouts took of a commission, open or paid. */
function settledOf(before: PastCommission | undefined): bigint {
  return BigInt(before?.in_payout ?? 0) + BigInt(before?.paid_out ?? 0);
}

function judgeCommission(
  subject: Subject,
  opinion: Opinion,
  before: PastCommission | undefined,
  hold: Hold,
): JudgedCommission | null {
  const { evaluation } = opinion;
  const reversalReason = reversalOf(subject, opinion);
  if (!before && !isQualifying(evaluation.outcome)) return null;
  const owed = owedFor(evaluation.target, hold, settledOf(before));
  const posted = { held: BigInt(before?.held ?? 0), payable: BigInt(before?.payable ?? 0) };
  return {
    commissionId: before ? asId('Commission', before.commission_id) : newId('Commission'),
    opinion,
    state: stateOf(opinion, reversalReason, hold, before),
    reversalReason,
    amount: evaluation.amount,
    owed,
    heldUntil: evaluation.heldUntil,
    lines: postingsFor(posted, owed),
  };
}

/**
 * The same answer, so nothing to post, but perhaps another end of the hold (an earlier fulfilment became
 * known), another state (a full refund of what was rounded to nothing) or another reason why nothing is left.
 * A hold that is over is left to the release of holds.
 */
function adjustCommission(
  subject: Subject,
  opinion: Opinion,
  before: PastCommission | undefined,
): JudgedCommission | null {
  if (!before) return null;
  const now = judgeCommission(subject, opinion, before, isHoldOver(before) ? 'over' : 'running');
  const heldUntil = before.held_until === null ? undefined : new Date(before.held_until).getTime();
  const isSame =
    now?.state === before.state &&
    now.reversalReason === before.reversal_reason &&
    now.heldUntil?.getTime() === heldUntil;
  return isSame ? null : now;
}

function reversalOf({ facts }: Subject, { evaluation, ruling }: Opinion): ReversalReason | null {
  switch (evaluation.outcome) {
    case 'withdrawn':
      return 'REATTRIBUTED';
    case 'not_qualified':
      return 'NOT_QUALIFIED';
    case 'declined':
    case 'deleted':
      return ruling && ruling.kind !== 'approved' ? ruling.reason : null;
    case 'waiting_fulfilment':
    case 'in_review':
    case 'earned':
      return facts.kind === 'order' ? takenBackBy(facts) : null;
  }
}

/** Which facts leave nothing of an order. */
function takenBackBy(order: OrderFacts): ReversalReason | null {
  if (isCancelled(order)) return 'CANCELLED';
  if (order.amount === 0n || order.refunded < order.amount) return null;
  return order.chargedBack > 0n ? 'CHARGED_BACK' : 'REFUNDED';
}

function stateOf(
  { evaluation, ruling }: Opinion,
  reversalReason: ReversalReason | null,
  hold: Hold,
  before: PastCommission | undefined,
): CommissionState {
  const { outcome } = evaluation;
  if (reversalReason) return outcome === 'declined' ? 'declined' : 'reversed';
  if (outcome === 'waiting_fulfilment' || outcome === 'in_review') return outcome;
  if (hold === 'running') return ruling?.kind === 'approved' ? 'approved' : 'held';
  const paidOut = BigInt(before?.paid_out ?? 0);
  const isPaid = paidOut !== 0n && paidOut === evaluation.target && settledOf(before) === paidOut;
  return isPaid ? 'paid' : 'payable';
}
