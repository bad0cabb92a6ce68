import { insertRows, type Transaction } from '#database';
import { newId } from '#kernel';
import { EVALUATION_COLUMNS } from '../judging/judgement-rows.js';

/** What an adjustment comes to by the company's word, as the evaluation that the ledger follows. */
export interface AdjustmentEvaluation {
  readonly company_id: string;
  readonly commission_id: string;
  readonly partnership_id: string;
  readonly program_id: string;
  readonly currency: string;
  readonly evaluation_no: number;
  readonly outcome: 'earned' | 'deleted';
  readonly amount: string;
}

/** Records that adjustments were made, or deleted. What an offer would say of them stays null. */
export async function evaluateAdjustments(
  tx: Transaction,
  adjustments: readonly AdjustmentEvaluation[],
  at: Date,
): Promise<void> {
  await insertRows(
    tx,
    'commissions.evaluation',
    EVALUATION_COLUMNS,
    adjustments.map(({ commission_id, ...adjustment }) => ({
      ...adjustment,
      evaluation_id: newId('Evaluation'),
      subject_kind: 'adjustment',
      subject_key: commission_id,
      target_amount: adjustment.amount,
      conditions: [],
      evaluated_at: at.toISOString(),
    })),
  );
}
