import { amountJson, publicId } from '#kernel';
import { showReason } from '../explanation.dto.js';
import type { TracedAction } from './read-trace.js';
import type {
  TraceActionDto,
  TraceCandidateDto,
  TraceCommissionDto,
  TraceDto,
  TraceEvaluationDto,
  TraceRevisionDto,
} from './trace.dto.js';
import type { TracedCandidate, TracedDecision } from './traced-decisions.js';
import type { TracedCommission, TracedEvaluation } from './traced-results.js';

export const showTrace = (actions: readonly TracedAction[]): TraceDto => ({
  actions: actions.map(showAction),
});

function showAction({ revisions, precedence, evaluations, commissions }: TracedAction): TraceActionDto {
  const [first] = revisions;
  return {
    decisionId: publicId('Decision', first.decisionId),
    action: first.kind,
    occurredAt: first.occurredAt.toISOString(),
    orderKey: isKeyShown(revisions) ? first.subjectKey : null,
    precedence: [...precedence],
    cancelledAt: revisions.at(-1)?.cancelledAt?.toISOString() ?? null,
    revisions: revisions.map(showRevision),
    evaluations: evaluations.map(showEvaluation),
    commissions: commissions.map(showCommission),
  };
}

/**
 * As on the commission itself: of orders that are fulfilled and still the partner's. A signup's key is the
 * customer's, which is the company's to know.
 */
function isKeyShown(revisions: TracedAction['revisions']): boolean {
  const standing = revisions.at(-1);
  return standing?.kind === 'order' && standing.winner === 'you' && !standing.isWaiting;
}

const showRevision = (decision: TracedDecision): TraceRevisionDto => ({
  revision: decision.revision,
  decidedAt: decision.decidedAt.toISOString(),
  cause: decision.cause,
  note: decision.note,
  winner: decision.winner,
  method: decision.method,
  reason: showReason(decision.reason),
  candidates: decision.candidates.map(showCandidate),
});

const showCandidate = ({
  position,
  kind,
  party,
  code,
  click,
  reason,
}: TracedCandidate): TraceCandidateDto => ({
  position,
  kind,
  partner: party,
  code,
  click: click && {
    id: publicId('Click', click.clickId),
    linkId: publicId('Link', click.linkId),
    clickedAt: click.clickedAt.toISOString(),
  },
  reason: showReason(reason),
});

const showEvaluation = (evaluation: TracedEvaluation): TraceEvaluationDto => ({
  offerId: publicId('Offer', evaluation.offerId),
  offerVersion: evaluation.offerVersion,
  evaluationNo: evaluation.evaluationNo,
  isQualified: evaluation.isQualified,
  target: { amount: amountJson(evaluation.targetAmount), currency: evaluation.currency },
  conditions: evaluation.conditions,
  evaluatedAt: evaluation.evaluatedAt.toISOString(),
});

const showCommission = (commission: TracedCommission): TraceCommissionDto => ({
  id: publicId('Commission', commission.commissionId),
  offerId: publicId('Offer', commission.offerId),
  state: commission.state,
  amount: { amount: amountJson(commission.amount), currency: commission.currency },
  heldUntil: commission.heldUntil?.toISOString() ?? null,
});
