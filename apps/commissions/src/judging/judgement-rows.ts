import { newId } from '#kernel';
import type { CommissionRow } from '../ledger/commission-store.js';
import type { NewPostingGroup } from '../ledger/record-postings.js';
import { changeOf } from './commission-change.js';
import type { JudgedCommission, Judgement } from './judge.js';
import { standingJson } from './standing.js';

export const EVALUATION_COLUMNS = {
  company_id: 'uuid',
  evaluation_id: 'uuid',
  subject_kind: 'text',
  subject_key: 'text',
  evaluation_no: 'int',
  program_id: 'uuid',
  partnership_id: 'uuid',
  offer_id: 'uuid',
  offer_version: 'int',
  outcome: 'text',
  currency: 'text',
  amount: 'bigint',
  target_amount: 'bigint',
  promised: 'bigint',
  standing: 'jsonb',
  conditions: 'jsonb',
  evaluated_at: 'timestamptz',
} as const;

export function evaluationRows({ subject, evaluationNo, opinions }: Judgement, at: string) {
  return opinions.map(({ offerId, offerVersion, credit, evaluation, standing }) => ({
    company_id: subject.companyId,
    evaluation_id: newId('Evaluation'),
    subject_kind: subject.kind,
    subject_key: subject.key,
    evaluation_no: evaluationNo,
    program_id: credit.programId,
    partnership_id: credit.partnershipId,
    offer_id: offerId,
    offer_version: offerVersion,
    outcome: evaluation.outcome,
    currency: evaluation.currency,
    amount: evaluation.amount.toString(),
    target_amount: evaluation.target.toString(),
    promised: evaluation.promised.toString(),
    standing: standing && standingJson(standing),
    conditions: evaluation.conditions,
    evaluated_at: at,
  }));
}

export function commissionRow(
  { subject }: Judgement,
  commission: JudgedCommission,
  at: string,
): CommissionRow {
  const { credit, offerId, evaluation } = commission.opinion;
  return {
    company_id: subject.companyId,
    commission_id: commission.commissionId,
    subject_kind: subject.kind,
    subject_key: subject.key,
    offer_id: offerId,
    partnership_id: credit.partnershipId,
    currency: evaluation.currency,
    partner_id: credit.partnerId,
    program_id: credit.programId,
    state: commission.state,
    reversal_reason: commission.reversalReason,
    amount: commission.amount.toString(),
    held: commission.owed.held.toString(),
    payable: commission.owed.payable.toString(),
    held_until: commission.heldUntil?.toISOString() ?? null,
    occurred_at: subject.facts.occurredAt.toISOString(),
    created_at: at,
  };
}

export function groupOf({ subject, evaluationNo }: Judgement, commission: JudgedCommission): NewPostingGroup {
  const { credit, evaluation } = commission.opinion;
  return {
    company_id: subject.companyId,
    commission_id: commission.commissionId,
    partnership_id: credit.partnershipId,
    evaluation_no: evaluationNo,
    cause: 'evaluation',
    reason: changeOf(subject, commission).reason,
    currency: evaluation.currency,
    lines: commission.lines,
  };
}
