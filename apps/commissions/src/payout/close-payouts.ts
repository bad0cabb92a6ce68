import type { Transaction } from '#database';
import type { Id } from '#kernel';
import { payoutPostings } from '#rules';
import { type NewPostingGroup, recordPostings } from '../ledger/record-postings.js';
import type { Payout } from './payout.js';
import { stateAfter } from './state-after.js';

/** How open payouts end. */
export type Ending =
  | { readonly state: 'paid'; readonly externalReference: string }
  | { readonly state: 'cancelled'; readonly reason: string };

/** By whom and when. */
export interface Signed {
  readonly actor: string;
  readonly at: Date;
}

interface LineRow {
  readonly payout_id: string;
  readonly commission_id: string;
  readonly partnership_id: string;
  readonly evaluation_no: number;
  readonly currency: string;
  readonly amount: string;
}

const PAYOUTS_AT_ONCE = 20;

/** Ends payouts whose rows are locked and open: posts what was paid, or gives their amounts back. */
export async function closePayouts(
  tx: Transaction,
  companyId: Id<'Company'>,
  payouts: readonly Payout[],
  ending: Ending,
  signed: Signed,
): Promise<void> {
  await saveEnding(tx, companyId, payouts, ending, signed);
  for (let start = 0; start < payouts.length; start += PAYOUTS_AT_ONCE) {
    const some = payouts.slice(start, start + PAYOUTS_AT_ONCE);
    const lines = await readLines(tx, companyId, some);
    await recordPostings(
      tx,
      lines.map((line) => groupOf(companyId, line, ending)),
      signed.at.toISOString(),
    );
    await moveAmounts(tx, companyId, lines, ending);
  }
}

async function saveEnding(
  tx: Transaction,
  companyId: Id<'Company'>,
  payouts: readonly Payout[],
  ending: Ending,
  { actor, at }: Signed,
): Promise<void> {
  await tx.query(
    `update commissions.payout set state = $3, external_reference = $4, cancel_reason = $5, closed_at = $6, closed_by = $7
     where company_id = $1 and payout_id = any($2::uuid[]) and state = 'open'`,
    [
      companyId,
      payouts.map(({ payoutId }) => payoutId),
      ending.state,
      ending.state === 'paid' ? ending.externalReference : null,
      ending.state === 'cancelled' ? ending.reason : null,
      at,
      actor,
    ],
  );
}

function readLines(
  tx: Transaction,
  companyId: Id<'Company'>,
  payouts: readonly Payout[],
): Promise<LineRow[]> {
  return tx.query<LineRow>(
    `select l.payout_id, l.commission_id, l.partnership_id, l.evaluation_no, p.currency, l.amount
     from commissions.payout_line l join commissions.payout p using (company_id, payout_id)
     where l.company_id = $1 and l.payout_id = any($2::uuid[])`,
    [companyId, payouts.map(({ payoutId }) => payoutId)],
  );
}

function groupOf(companyId: Id<'Company'>, line: LineRow, ending: Ending): NewPostingGroup {
  const { amount, ...of } = line;
  return {
    company_id: companyId,
    ...of,
    cause: ending.state === 'paid' ? 'payout_paid' : 'payout_returned',
    reason: ending.state === 'paid' ? 'PAID' : 'PAYOUT_CANCELLED',
    lines: payoutPostings(ending.state === 'paid' ? 'paid' : 'returned', BigInt(amount)),
  };
}

const STATE = stateAfter({
  payable: 'c.payable + n.amount - n.paid',
  inPayout: 'c.in_payout - n.amount',
  paidOut: 'c.paid_out + n.paid',
});

/** A commission is in a batch once, so it is among `lines` once. */
async function moveAmounts(
  tx: Transaction,
  companyId: Id<'Company'>,
  lines: readonly LineRow[],
  { state }: Ending,
): Promise<void> {
  await tx.query(
    `update commissions.commission c set in_payout = c.in_payout - n.amount,
       paid_out = c.paid_out + n.paid, payable = c.payable + n.amount - n.paid,
       state = ${STATE}
     from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as n(commission_id, amount, paid)
     where c.company_id = $1 and c.commission_id = n.commission_id`,
    [
      companyId,
      lines.map((line) => line.commission_id),
      lines.map((line) => line.amount),
      lines.map((line) => (state === 'paid' ? line.amount : '0')),
    ],
  );
}
