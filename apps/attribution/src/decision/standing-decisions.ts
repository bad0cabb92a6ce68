import { dateOrNull, type Transaction } from '#database';
import type { Id } from '#kernel';
import type { Candidate, Decision, PresentedClick } from '#rules';
import type { SubjectKind } from '#contracts';
import type { Subject } from './action.js';

interface StandingCandidate {
  readonly kind: Candidate['kind'];
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly reason: string;
  /** Of a discount code only. */
  readonly code: string | null;
  /** Of a click only. */
  readonly click: {
    readonly clickId: Id<'Click'>;
    readonly linkId: Id<'Link'>;
    readonly clickedAt: Date;
  } | null;
}

/** A stored decision that no later revision supersedes, with what it was decided on. */
export interface StandingDecision {
  readonly companyId: Id<'Company'>;
  readonly decisionId: Id<'Decision'>;
  readonly revision: number;
  readonly customerId: Id<'Customer'>;
  readonly kind: SubjectKind;
  readonly subjectKey: string;
  readonly subject: Subject;
  readonly occurredAt: Date;
  readonly presented: PresentedClick['kind'];
  readonly presentedClickId: Id<'Click'> | null;
  readonly visitorId: Id<'Visitor'> | null;
  readonly presentedCodes: readonly string[];
  /** When an order was cancelled that had not been fulfilled. */
  readonly cancelledAt: Date | null;
  readonly partnershipId: Id<'Partnership'> | null;
  readonly programId: Id<'Program'> | null;
  readonly method: string | null;
  readonly reason: string;
  readonly candidates: readonly StandingCandidate[];
}

/** Everything that stands decided about these customers, without lost leads and deals. Hold their locks. */
export async function readStandingDecisions(
  tx: Transaction,
  customers: readonly { readonly companyId: Id<'Company'>; readonly customerId: Id<'Customer'> }[],
): Promise<StandingDecision[]> {
  const decisions = await tx.query<DecisionRow>(
    `select decision.* from unnest($1::uuid[], $2::uuid[]) as customer(company_id, customer_id)
      cross join lateral (
        select company_id, decision_id, revision, customer_id, subject_kind, subject_key, occurred_at, presented,
               presented_click_id, visitor_id, subject_facts, codes, cancelled_at, partnership_id, program_id, method, reason
          from attribution.decision d
         where d.company_id = customer.company_id and d.customer_id = customer.customer_id
           and d.superseded_at is null and d.reason <> 'REFERRAL_LOST' offset 0) as decision`,
    [customers.map(({ companyId }) => companyId), customers.map(({ customerId }) => customerId)],
  );
  const candidates = await tx.query<CandidateRow>(
    `select candidate.* from unnest($1::uuid[], $2::uuid[], $3::int[]) as decision(company_id, decision_id, revision)
      cross join lateral (
        select decision_id, kind, code, click_id, link_id, clicked_at, partnership_id, program_id, reason
          from attribution.candidate c
         where c.company_id = decision.company_id and c.decision_id = decision.decision_id
           and c.revision = decision.revision
         order by c.position) as candidate`,
    [
      decisions.map((row) => row.company_id),
      decisions.map((row) => row.decision_id),
      decisions.map((row) => row.revision),
    ],
  );
  const candidatesOf = Map.groupBy(candidates, (row) => row.decision_id);
  return decisions.map((row) => ({
    companyId: row.company_id,
    decisionId: row.decision_id,
    revision: row.revision,
    customerId: row.customer_id,
    kind: row.subject_kind,
    subjectKey: row.subject_key,
    occurredAt: new Date(row.occurred_at),
    presented: row.presented,
    presentedClickId: row.presented_click_id,
    visitorId: row.visitor_id,
    subject: row.subject_facts ?? { kind: 'signup', customerKey: row.subject_key },
    presentedCodes: row.codes ?? [],
    cancelledAt: dateOrNull(row.cancelled_at),
    partnershipId: row.partnership_id,
    programId: row.program_id,
    method: row.method,
    reason: row.reason,
    candidates: (candidatesOf.get(row.decision_id) ?? []).map(candidateOf),
  }));
}

/** Whether deciding again came to what stands: same winner, by the same way, with the same candidates. */
export function isUnchanged(standing: StandingDecision, again: Decision): boolean {
  return (
    standing.partnershipId === (again.winner?.membership.partnershipId ?? null) &&
    standing.method === (again.winner?.method ?? null) &&
    standing.reason === again.reason &&
    standing.candidates.length === again.candidates.length &&
    again.candidates.every((candidate, index) => {
      const before = standing.candidates[index];
      const clickId = candidate.kind === 'click' ? candidate.click.clickId : null;
      return (
        before?.reason === candidate.reason &&
        before.kind === candidate.kind &&
        (before.click?.clickId ?? null) === clickId
      );
    })
  );
}

interface DecisionRow {
  readonly company_id: Id<'Company'>;
  readonly decision_id: Id<'Decision'>;
  readonly revision: number;
  readonly customer_id: Id<'Customer'>;
  readonly subject_kind: SubjectKind;
  readonly subject_key: string;
  readonly occurred_at: string;
  readonly presented: PresentedClick['kind'];
  readonly presented_click_id: Id<'Click'> | null;
  readonly visitor_id: Id<'Visitor'> | null;
  readonly subject_facts: Subject | null;
  readonly codes: readonly string[] | null;
  readonly cancelled_at: string | null;
  readonly partnership_id: Id<'Partnership'> | null;
  readonly program_id: Id<'Program'> | null;
  readonly method: string | null;
  readonly reason: string;
}

interface CandidateRow {
  readonly decision_id: Id<'Decision'>;
  readonly kind: Candidate['kind'];
  readonly code: string | null;
  readonly click_id: Id<'Click'> | null;
  readonly link_id: Id<'Link'> | null;
  readonly clicked_at: string | null;
  readonly partnership_id: Id<'Partnership'>;
  readonly program_id: Id<'Program'>;
  readonly reason: string;
}

function candidateOf(row: CandidateRow): StandingCandidate {
  const { click_id: clickId, link_id: linkId, clicked_at: clickedAt } = row;
  return {
    kind: row.kind,
    code: row.code,
    partnershipId: row.partnership_id,
    programId: row.program_id,
    reason: row.reason,
    click: clickId && linkId && clickedAt ? { clickId, linkId, clickedAt: new Date(clickedAt) } : null,
  };
}
