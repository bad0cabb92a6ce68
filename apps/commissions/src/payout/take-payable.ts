import { insertRows, type Transaction } from '#database';
import { type Currency, type Id, newId } from '#kernel';
import { payoutPostings } from '#rules';
import { recordPostings } from '../ledger/record-postings.js';
import { stateAfter } from './state-after.js';

/** A batch that payouts are made for. */
export interface NewPayoutBatch {
  readonly companyId: Id<'Company'>;
  readonly payoutBatchId: Id<'PayoutBatch'>;
  readonly currency: Currency;
  /** The least balance that is paid out; minor units, at least 1. */
  readonly threshold: bigint;
  readonly at: Date;
}

interface PayableRow {
  readonly commission_id: string;
  readonly program_id: string;
  readonly partnership_id: string;
  readonly partner_id: string;
  readonly payable: string;
  readonly evaluation_no: number;
}

interface NewPayout {
  readonly payoutId: Id<'Payout'>;
  readonly amount: bigint;
  readonly lines: readonly [PayableRow, ...PayableRow[]];
}

/** More lines go into the next payout. */
const MOST_LINES = 10_000;
/** So that the amount of a payout is always a number in JSON; what is beyond goes into the next one. */
const LARGEST_PAYOUT = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Takes all that is payable to these partnerships into a payout each, negative amounts first, and posts it.
 * The commissions are locked, so whatever else happens at once, no amount is taken twice.
 * @returns how many payouts it made; none for balances under the threshold
 */
export async function takePayable(
  tx: Transaction,
  batch: NewPayoutBatch,
  partnershipIds: readonly string[],
): Promise<number> {
  const rows = await lockPayable(tx, batch, partnershipIds);
  const payouts = [...Map.groupBy(rows, (row) => row.partnership_id).values()].flatMap(
    (lines) => payoutOf(lines, batch.threshold) ?? [],
  );
  await recordPayouts(tx, batch, payouts);
  await tx.query(
    `update commissions.commission c set in_payout = c.in_payout + c.payable, payable = 0, state = ${STATE}
     where c.company_id = $1 and c.commission_id = any($2::uuid[])`,
    [batch.companyId, payouts.flatMap(({ lines }) => lines.map((line) => line.commission_id))],
  );
  return payouts.length;
}

const STATE = stateAfter({ payable: '0', inPayout: 'c.in_payout + c.payable', paidOut: 'c.paid_out' });

function lockPayable(
  tx: Transaction,
  { companyId, currency }: NewPayoutBatch,
  partnershipIds: readonly string[],
): Promise<PayableRow[]> {
  return tx.query<PayableRow>(
    `select c.commission_id, c.program_id, c.partnership_id, c.partner_id, c.payable, e.evaluation_no
     from unnest($2::uuid[]) as p(partnership_id)
     cross join lateral (
       select * from commissions.commission c
       where c.company_id = $1 and c.currency = $3 and c.partnership_id = p.partnership_id and c.payable <> 0
       order by c.payable < 0 desc, c.payable desc limit ${MOST_LINES} for update) c
     cross join lateral (
       select max(e.evaluation_no) as evaluation_no from commissions.evaluation e
       where e.company_id = c.company_id and e.subject_kind = c.subject_kind
         and e.subject_key = c.subject_key and e.offer_id is not distinct from c.offer_id
         and e.partnership_id = c.partnership_id and e.currency = c.currency) e`,
    [companyId, [...partnershipIds], currency],
  );
}

/** @param rows what is payable to one partnership, negative amounts first */
function payoutOf(rows: readonly PayableRow[], threshold: bigint): NewPayout | null {
  let amount = 0n;
  const taken: PayableRow[] = [];
  for (const row of rows) {
    const sum = amount + BigInt(row.payable);
    if (sum > LARGEST_PAYOUT) break;
    amount = sum;
    taken.push(row);
  }
  const [first, ...rest] = taken;
  if (!first || amount < threshold) return null;
  return { payoutId: newId('Payout'), amount, lines: [first, ...rest] };
}

async function recordPayouts(
  tx: Transaction,
  { companyId, payoutBatchId, currency, at }: NewPayoutBatch,
  payouts: readonly NewPayout[],
): Promise<void> {
  const createdAt = at.toISOString();
  await insertRows(
    tx,
    'commissions.payout',
    PAYOUT,
    payouts.map(({ payoutId, amount, lines: [{ program_id, partnership_id, partner_id }] }) => ({
      company_id: companyId,
      payout_id: payoutId,
      payout_batch_id: payoutBatchId,
      program_id,
      partnership_id,
      partner_id,
      currency,
      amount: amount.toString(),
      state: 'open',
      created_at: createdAt,
    })),
  );
  const lines = payouts.flatMap(({ payoutId, lines: rows }) =>
    rows.map(({ commission_id, partnership_id, evaluation_no, payable }) => ({
      company_id: companyId,
      payout_id: payoutId,
      commission_id,
      partnership_id,
      evaluation_no,
      amount: payable,
    })),
  );
  await insertRows(tx, 'commissions.payout_line', PAYOUT_LINE, lines);
  await recordPostings(
    tx,
    lines.map(({ amount, ...line }) => ({
      ...line,
      cause: 'payout_taken',
      reason: 'PAYOUT_CREATED',
      currency,
      lines: payoutPostings('taken', BigInt(amount)),
    })),
    createdAt,
  );
}

const PAYOUT = {
  company_id: 'uuid',
  payout_id: 'uuid',
  payout_batch_id: 'uuid',
  program_id: 'uuid',
  partnership_id: 'uuid',
  partner_id: 'uuid',
  currency: 'text',
  amount: 'bigint',
  state: 'text',
  created_at: 'timestamptz',
} as const;

const PAYOUT_LINE = {
  company_id: 'uuid',
  payout_id: 'uuid',
  commission_id: 'uuid',
  partnership_id: 'uuid',
  evaluation_no: 'int',
  amount: 'bigint',
} as const;
