import { insertRows, type Transaction } from '#database';
import { newId } from '#kernel';

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

/** Records that adjustments were made, or deleted. */
export async function evaluateAdjustments(
  tx: Transaction,
  adjustments: readonly AdjustmentEvaluation[],
  at: Date,
): Promise<void> {
  await insertRows(
    tx,
    'commissions.evaluation',
    COLUMNS,
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

const COLUMNS = {
  company_id: 'uuid',
  evaluation_id: 'uuid',
  subject_kind: 'text',
  subject_key: 'text',
  evaluation_no: 'int',
  program_id: 'uuid',
  partnership_id: 'uuid',
  outcome: 'text',
  currency: 'text',
  amount: 'bigint',
  target_amount: 'bigint',
  conditions: 'jsonb',
  evaluated_at: 'timestamptz',
} as const;
