import { insertRows, type Transaction } from '#database';
import { saveCommissions } from '../ledger/commission-store.js';
import { recordPostings } from '../ledger/record-postings.js';
import type { Judgement } from './judge.js';
import { commissionRow, EVALUATION_COLUMNS, evaluationRows, groupOf } from './judgement-rows.js';

/** Writes what judgements found: one statement per table, whatever their number. */
export async function recordJudgements(
  tx: Transaction,
  judgements: readonly Judgement[],
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await insertRows(
    tx,
    'commissions.evaluation',
    EVALUATION_COLUMNS,
    judgements.flatMap((judgement) => evaluationRows(judgement, at)),
  );
  const judged = judgements.flatMap((judgement) =>
    judgement.commissions.map((commission) => ({
      row: commissionRow(judgement, commission, at),
      group: groupOf(judgement, commission),
    })),
  );
  await saveCommissions(
    tx,
    judged.map(({ row }) => row),
  );
  await recordPostings(
    tx,
    judged.map(({ group }) => group),
    at,
  );
}
