import type { SubjectKind } from '#contracts';
import { dateOrNull, type Transaction } from '#database';
import type { PartnershipOfPartner } from '#http';
import type { Id } from '#kernel';
import { ANY_SUBJECT_KIND } from '../any-subject-kind.js';

/** What an offer made of a decision: stored for every attributed event, also when the answer is no. */
export interface TracedEvaluation {
  readonly subjectKind: SubjectKind;
  readonly subjectKey: string;
  readonly offerId: Id<'Offer'>;
  readonly offerVersion: number;
  readonly evaluationNo: number;
  readonly isQualified: boolean;
  readonly targetAmount: bigint;
  readonly currency: string;
  /** Each condition, its value, pass or fail, as commissions stored it. */
  readonly conditions: unknown;
  readonly evaluatedAt: Date;
}

export interface TracedCommission {
  readonly subjectKind: SubjectKind;
  readonly subjectKey: string;
  readonly commissionId: Id<'Commission'>;
  readonly offerId: Id<'Offer'>;
  readonly state: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly heldUntil: Date | null;
}

export interface TracedResults {
  readonly evaluations: readonly TracedEvaluation[];
  readonly commissions: readonly TracedCommission[];
}

/** The partner's own evaluations and commissions for these subjects. Run it under the partner's scope. */
export async function readTracedResults(
  tx: Transaction,
  { companyId, partnershipId }: PartnershipOfPartner,
  subjectKeys: readonly string[],
): Promise<TracedResults> {
  const evaluations = await tx.query<EvaluationRow>(
    `select subject_kind, subject_key, offer_id, offer_version, evaluation_no, is_qualified, target_amount,
            currency, conditions, evaluated_at
       from commissions.published_evaluation
      where company_id = $1 and partnership_id = $2
        and subject_kind = ${ANY_SUBJECT_KIND} and subject_key = any($3::text[])
      order by evaluated_at, offer_id, evaluation_no`,
    [companyId, partnershipId, subjectKeys],
  );
  const commissions = await tx.query<CommissionRow>(
    `select subject_kind, subject_key, commission_id, offer_id, state, amount, currency, held_until
       from commissions.published_commission
      where company_id = $1 and partnership_id = $2
        and subject_kind = ${ANY_SUBJECT_KIND} and subject_key = any($3::text[])
      order by commission_id`,
    [companyId, partnershipId, subjectKeys],
  );
  return { evaluations: evaluations.map(evaluationOf), commissions: commissions.map(commissionOf) };
}

interface EvaluationRow {
  readonly subject_kind: SubjectKind;
  readonly subject_key: string;
  readonly offer_id: Id<'Offer'>;
  readonly offer_version: number;
  readonly evaluation_no: number;
  readonly is_qualified: boolean;
  readonly target_amount: string;
  readonly currency: string;
  readonly conditions: unknown;
  readonly evaluated_at: string;
}

interface CommissionRow {
  readonly subject_kind: SubjectKind;
  readonly subject_key: string;
  readonly commission_id: Id<'Commission'>;
  readonly offer_id: Id<'Offer'>;
  readonly state: string;
  readonly amount: string;
  readonly currency: string;
  readonly held_until: string | null;
}

const evaluationOf = (row: EvaluationRow): TracedEvaluation => ({
  subjectKind: row.subject_kind,
  subjectKey: row.subject_key,
  offerId: row.offer_id,
  offerVersion: row.offer_version,
  evaluationNo: row.evaluation_no,
  isQualified: row.is_qualified,
  targetAmount: BigInt(row.target_amount),
  currency: row.currency,
  conditions: row.conditions,
  evaluatedAt: new Date(row.evaluated_at),
});

const commissionOf = (row: CommissionRow): TracedCommission => ({
  subjectKind: row.subject_kind,
  subjectKey: row.subject_key,
  commissionId: row.commission_id,
  offerId: row.offer_id,
  state: row.state,
  amount: BigInt(row.amount),
  currency: row.currency,
  heldUntil: dateOrNull(row.held_until),
});
