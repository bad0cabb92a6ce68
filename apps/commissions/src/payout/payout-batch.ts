import type { Transaction } from '#database';
import { asCurrency, asId, type Currency, type Id, NotFound } from '#kernel';
import type { PayoutState } from './payout.js';

/** Payouts that a company made at once: of one currency, to everybody whose balance reaches the threshold. */
export interface PayoutBatch {
  readonly payoutBatchId: Id<'PayoutBatch'>;
  /** Null for all programs of the company. */
  readonly programId: Id<'Program'> | null;
  readonly currency: Currency;
  readonly threshold: bigint;
  readonly createdAt: Date;
  readonly totals: Readonly<Record<PayoutState, { readonly payouts: number; readonly amount: bigint }>>;
}

const BATCHES = `
  select b.payout_batch_id, b.program_id, b.currency, b.threshold, b.created_at, t.totals
  from commissions.payout_batch b cross join lateral (
    select json_object_agg(state, json_build_object('payouts', payouts, 'amount', amount::text)) as totals from (
      select p.state, count(*) as payouts, sum(p.amount) as amount from commissions.payout p
      where p.company_id = b.company_id and p.payout_batch_id = b.payout_batch_id group by p.state) s) t`;

/** Newest first, after a cursor; at most `limit`. */
export async function loadPayoutBatches(
  tx: Transaction,
  companyId: Id<'Company'>,
  page: { readonly after: string | null; readonly limit: number },
): Promise<PayoutBatch[]> {
  const rows = await tx.query<BatchRow>(
    `${BATCHES} where b.company_id = $1 and ($2::uuid is null or b.payout_batch_id < $2)
     order by b.payout_batch_id desc limit $3`,
    [companyId, page.after, page.limit],
  );
  return rows.map(batchOf);
}

/** @throws NotFound */
export async function loadPayoutBatch(
  tx: Transaction,
  companyId: Id<'Company'>,
  payoutBatchId: Id<'PayoutBatch'>,
): Promise<PayoutBatch> {
  const [row] = await tx.query<BatchRow>(`${BATCHES} where b.company_id = $1 and b.payout_batch_id = $2`, [
    companyId,
    payoutBatchId,
  ]);
  if (!row) throw new NotFound('payout batch');
  return batchOf(row);
}

interface BatchRow {
  readonly payout_batch_id: string;
  readonly program_id: string | null;
  readonly currency: string;
  readonly threshold: string;
  readonly created_at: string;
  readonly totals: Partial<Record<PayoutState, { readonly payouts: number; readonly amount: string }>> | null;
}

function batchOf(row: BatchRow): PayoutBatch {
  const totalOf = (state: PayoutState) => {
    const total = row.totals?.[state];
    return { payouts: total?.payouts ?? 0, amount: BigInt(total?.amount ?? 0) };
  };
  return {
    payoutBatchId: asId('PayoutBatch', row.payout_batch_id),
    programId: row.program_id === null ? null : asId('Program', row.program_id),
    currency: asCurrency(row.currency),
    threshold: BigInt(row.threshold),
    createdAt: new Date(row.created_at),
    totals: { open: totalOf('open'), paid: totalOf('paid'), cancelled: totalOf('cancelled') },
  };
}
