import { Injectable } from '@nestjs/common';
import { SUBJECT_KINDS, type SubjectKind } from '#contracts';
import { companyScope, Database, Where } from '#database';
import { cursorId, type PageQuery } from '#http';
import { asCurrency, asId, type Currency, type Id } from '#kernel';
import type { Condition, EvaluationOutcome } from '#rules';

/** What an offer version said of an order or signup, also when it said no. */
export interface StoredEvaluation {
  readonly evaluationId: Id<'Evaluation'>;
  readonly subjectKind: SubjectKind;
  readonly subjectKey: string;
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly offerId: Id<'Offer'>;
  readonly offerVersion: number;
  readonly evaluationNo: number;
  readonly outcome: EvaluationOutcome;
  readonly conditions: readonly Condition[];
  readonly targetAmount: bigint;
  readonly currency: Currency;
  readonly evaluatedAt: Date;
}

interface EvaluationRow {
  readonly evaluation_id: string;
  readonly subject_kind: SubjectKind;
  readonly subject_key: string;
  readonly partnership_id: string;
  readonly program_id: string;
  readonly offer_id: string;
  readonly offer_version: number;
  readonly evaluation_no: number;
  readonly outcome: EvaluationOutcome;
  readonly conditions: readonly Condition[];
  readonly target_amount: string;
  readonly currency: string;
  readonly evaluated_at: string;
}

/** Null leaves a filter out. */
export interface EvaluationFilter {
  readonly subjectKey: string | null;
  readonly outcome: EvaluationOutcome | null;
}

@Injectable()
export class ListEvaluations {
  constructor(private readonly database: Database) {}

  /** Newest first: one more than the page shows. */
  async execute(
    companyId: Id<'Company'>,
    { subjectKey, outcome }: EvaluationFilter,
    query: PageQuery,
  ): Promise<StoredEvaluation[]> {
    const where = new Where()
      .and('company_id = ?', companyId)
      .and('evaluation_id < ?', cursorId(query))
      .and('outcome = ?', outcome)
      .and(`subject_kind = any ('{${SUBJECT_KINDS.join(',')}}') and subject_key = ?`, subjectKey);
    const rows = await this.database.transaction(companyScope(companyId), (tx) =>
      tx.query<EvaluationRow>(
        `select evaluation_id, subject_kind, subject_key, partnership_id, program_id, offer_id, offer_version,
           evaluation_no, outcome, conditions, target_amount, currency, evaluated_at
         from commissions.evaluation
         where offer_id is not null and ${where.text}
         order by evaluation_id desc limit ${where.parameter(query.limit + 1)}`,
        where.values,
      ),
    );
    return rows.map(evaluationOf);
  }
}

function evaluationOf(row: EvaluationRow): StoredEvaluation {
  return {
    evaluationId: asId('Evaluation', row.evaluation_id),
    subjectKind: row.subject_kind,
    subjectKey: row.subject_key,
    partnershipId: asId('Partnership', row.partnership_id),
    programId: asId('Program', row.program_id),
    offerId: asId('Offer', row.offer_id),
    offerVersion: row.offer_version,
    evaluationNo: row.evaluation_no,
    outcome: row.outcome,
    conditions: row.conditions,
    targetAmount: BigInt(row.target_amount),
    currency: asCurrency(row.currency),
    evaluatedAt: new Date(row.evaluated_at),
  };
}
