import type { NewEvent } from '#bus';
import { DELETION_REASON_TEXTS } from '#contracts';
import type { Transaction } from '#database';
import { type Deletion, postingsFor } from '#rules';
import { recordPostings } from '../ledger/record-postings.js';
import type { Target } from '../ruling/lock-targets.js';
import { adjustedEvent } from './adjusted-event.js';
import { evaluateAdjustments } from './evaluate-adjustments.js';

/**
 * Takes locked adjustments back, also after their payout. Nobody but the company knows facts of them, so
 * there is nothing to judge again.
 * @returns what the partners should hear
 */
export async function deleteAdjustments(
  tx: Transaction,
  adjustments: readonly Target[],
  { reason, note }: Deletion,
  at: Date,
): Promise<NewEvent[]> {
  if (adjustments.length === 0) return [];
  const evaluations = adjustments.map((row) => ({
    company_id: row.company_id,
    commission_id: row.commission_id,
    partnership_id: row.partnership_id,
    program_id: row.program_id,
    currency: row.currency,
    evaluation_no: 2,
    outcome: 'deleted' as const,
    amount: '0',
  }));
  await evaluateAdjustments(tx, evaluations, at);
  await tx.query(
    `update commissions.commission set state = 'reversed', reversal_reason = $3, payable = payable - amount, amount = 0
     where company_id = $1 and commission_id = any($2::uuid[])`,
    [adjustments[0]?.company_id ?? null, adjustments.map((row) => row.commission_id), reason],
  );
  await recordPostings(
    tx,
    adjustments.map((row) => ({
      company_id: row.company_id,
      commission_id: row.commission_id,
      partnership_id: row.partnership_id,
      evaluation_no: 2,
      cause: 'evaluation',
      reason,
      currency: row.currency,
      lines: postingsFor({ held: 0n, payable: BigInt(row.amount) }, { held: 0n, payable: 0n }),
    })),
    at.toISOString(),
  );
  const why = `an earlier adjustment was taken back, because ${note ?? DELETION_REASON_TEXTS[reason]}`;
  return adjustments.map((row) => adjustedEvent(row, -BigInt(row.amount), why, at));
}
