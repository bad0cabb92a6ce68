import { insertRows, type Transaction } from '#database';
import { recordPostings } from '../ledger/record-postings.js';
import type { Judgement } from './judge.js';
import {
  COMMISSION_COLUMNS,
  commissionRow,
  EVALUATION_COLUMNS,
  evaluationRows,
  groupOf,
} from './judgement-rows.js';

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
    judgements.flatMap((j) => evaluationRows(j, at)),
  );
  const commissions = judgements.flatMap((j) => j.commissions.map((c) => ({ judgement: j, commission: c })));
  const rows = ({ judgement, commission }: (typeof commissions)[number]) =>
    commissionRow(judgement, commission, at);
  const [added, changed] = [
    commissions.filter(({ commission }) => commission.isNew),
    commissions.filter(({ commission }) => !commission.isNew),
  ];
  await insertRows(tx, 'commissions.commission', COMMISSION_COLUMNS, added.map(rows));
  await updateCommissions(tx, changed.map(rows));
  await recordPostings(
    tx,
    commissions.map(({ judgement, commission }) => groupOf(judgement, commission)),
    at,
  );
}

/** What a judgement can change of a commission; its identity stays. */
async function updateCommissions(
  tx: Transaction,
  rows: readonly ReturnType<typeof commissionRow>[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `update commissions.commission c set state = r.state, reversal_reason = r.reversal_reason,
       amount = r.amount, held = r.held, payable = r.payable, held_until = r.held_until
     from json_to_recordset($1::json) as r(company_id uuid, commission_id uuid, state text, reversal_reason text,
       amount bigint, held bigint, payable bigint, held_until timestamptz)
     where c.company_id = r.company_id and c.commission_id = r.commission_id`,
    [JSON.stringify(rows)],
  );
}
