import { insertRows, type Transaction } from '#database';
import type { Id } from '#kernel';
import type { Decision } from '#rules';
import type { Action, CausingEvent, Subject } from './action.js';

/**
 * Why a decision was made: by its fact; or again because something older came later, because the order that bound
 * the customer was cancelled, because a lead or deal was closed anew, or because the company decided by hand.
 */
export const CAUSES = ['fact', 'late_fact', 'late_click', 'cancellation', 'referral', 'company'] as const;
export type Cause = (typeof CAUSES)[number];

/** A decision about to be stored. */
export interface NewDecision {
  readonly decisionId: Id<'Decision'>;
  readonly revision: number;
  readonly action: Action;
  readonly decision: Decision;
  readonly customerId: Id<'Customer'>;
  readonly cause: Cause;
  /** Null when the company's staff caused it. */
  readonly event: CausingEvent | null;
  /** By which the company had said whose the customer is. */
  readonly assignmentId: Id<'Assignment'> | null;
}

/** Stores decisions with their candidates; an earlier revision of the same decision is superseded. */
export async function storeDecisions(
  tx: Transaction,
  decisions: readonly NewDecision[],
  now: Date,
): Promise<void> {
  const revised = decisions.filter(({ revision }) => revision > 1);
  await supersede(
    tx,
    revised.map(({ action, decisionId }) => ({ companyId: action.companyId, decisionId })),
    now,
  );
  await insertRows(
    tx,
    'attribution.decision',
    DECISION_COLUMNS,
    decisions.map((decision) => decisionRow(decision, now)),
  );
  await insertRows(tx, 'attribution.candidate', CANDIDATE_COLUMNS, decisions.flatMap(candidateRows));
}

/** Another revision takes the place of what stands. */
export async function supersede(
  tx: Transaction,
  decisions: readonly { readonly companyId: Id<'Company'>; readonly decisionId: Id<'Decision'> }[],
  now: Date,
): Promise<void> {
  if (decisions.length === 0) return;
  await tx.query(
    `update attribution.decision d set superseded_at = $1
       from unnest($2::uuid[], $3::uuid[]) as revised(company_id, decision_id)
      where d.company_id = revised.company_id and d.decision_id = revised.decision_id
        and d.superseded_at is null`,
    [now, decisions.map(({ companyId }) => companyId), decisions.map(({ decisionId }) => decisionId)],
  );
}

const DECISION_COLUMNS = {
  company_id: 'uuid',
  decision_id: 'uuid',
  revision: 'int',
  subject_kind: 'text',
  subject_key: 'text',
  customer_id: 'uuid',
  occurred_at: 'timestamptz',
  presented: 'text',
  presented_click_id: 'uuid',
  visitor_id: 'uuid',
  partnership_id: 'uuid',
  program_id: 'uuid',
  method: 'text',
  reason: 'text',
  cause: 'text',
  cause_event_id: 'uuid',
  assignment_id: 'uuid',
  subject_facts: 'jsonb',
  codes: 'text[]',
  cancelled_at: 'timestamptz',
  decided_at: 'timestamptz',
};

const CANDIDATE_COLUMNS = {
  company_id: 'uuid',
  decision_id: 'uuid',
  revision: 'int',
  position: 'int',
  kind: 'text',
  click_id: 'uuid',
  link_id: 'uuid',
  clicked_at: 'timestamptz',
  code: 'text',
  partnership_id: 'uuid',
  program_id: 'uuid',
  reason: 'text',
  action_kind: 'text',
  action_at: 'timestamptz',
};

function decisionRow(stored: NewDecision, now: Date) {
  const { action, decision } = stored;
  return {
    company_id: action.companyId,
    decision_id: stored.decisionId,
    revision: stored.revision,
    subject_kind: action.kind,
    subject_key: action.subjectKey,
    customer_id: stored.customerId,
    occurred_at: action.occurredAt,
    presented: action.presented.kind,
    presented_click_id: action.presentedClickId,
    visitor_id: action.visitorId,
    partnership_id: decision.winner?.membership.partnershipId ?? null,
    program_id: decision.winner?.membership.programId ?? null,
    method: decision.winner?.method ?? null,
    reason: decision.reason,
    cause: stored.cause,
    cause_event_id: stored.event?.eventId ?? null,
    assignment_id: stored.assignmentId,
    subject_facts: factsOf(action.subject),
    codes: action.presentedCodes.length > 0 ? action.presentedCodes : null,
    cancelled_at: action.cancelledAt,
    decided_at: now,
  };
}

/** A signup says no more than its key. */
function factsOf(subject: Subject): Subject | null {
  return subject.kind === 'signup' ? null : subject;
}

function candidateRows({ action, decision, decisionId, revision }: NewDecision) {
  return decision.candidates.map((candidate, index) => ({
    company_id: action.companyId,
    decision_id: decisionId,
    revision,
    position: index + 1,
    kind: candidate.kind,
    click_id: candidate.kind === 'click' ? candidate.click.clickId : null,
    link_id: candidate.kind === 'click' ? candidate.click.linkId : null,
    clicked_at: candidate.kind === 'click' ? candidate.click.clickedAt : null,
    code: candidate.kind === 'code' ? candidate.code : null,
    partnership_id: candidate.membership.partnershipId,
    program_id: candidate.membership.programId,
    reason: candidate.reason,
    action_kind: action.kind,
    action_at: action.occurredAt,
  }));
}
