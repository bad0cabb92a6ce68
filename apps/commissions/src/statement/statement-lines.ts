import type { Transaction } from '#database';
import { asCurrency, asId, type Currency, type Id } from '#kernel';
import { type Account, LEDGER_OF_PARTNERSHIP } from './statement.js';
import type { StatementPeriod } from './statement-period.js';

/** One posting group of a month: what it changed of what is owed, and of what was paid. */
export interface StatementLine {
  readonly postingGroupId: Id<'PostingGroup'>;
  readonly commissionId: Id<'Commission'>;
  readonly payoutId: Id<'Payout'> | null;
  /** Why it was posted: `EARNED`, `REFUNDED`, `HOLD_OVER`, `PAYOUT_CREATED`, `PAID` and so on. */
  readonly reason: string;
  readonly currency: Currency;
  readonly held: bigint;
  readonly payable: bigint;
  readonly inPayout: bigint;
  readonly paidOut: bigint;
  readonly postedAt: Date;
}

/** Oldest first, after a cursor; at most `limit`. The lines of a month sum to closing − opening. */
export async function loadStatementLines(
  tx: Transaction,
  { companyId, partnershipId }: Account,
  { startsAt, endsAt }: StatementPeriod,
  page: { readonly after: string | null; readonly limit: number },
): Promise<StatementLine[]> {
  const rows = await tx.query<Row>(
    `select g.posting_group_id, g.commission_id, g.payout_id, g.reason, g.posted_at, p.currency,
       ${of('partner_held')} as held, ${of('partner_payable')} as payable,
       ${of('partner_in_payout')} as in_payout, ${of('partner_paid_out')} as paid_out
     from ${LEDGER_OF_PARTNERSHIP} and ($5::uuid is null or g.posting_group_id > $5)
     group by g.posting_group_id, g.commission_id, g.payout_id, g.reason, g.posted_at, p.currency
     order by g.posting_group_id limit $6`,
    [companyId, partnershipId, startsAt, endsAt, page.after, page.limit],
  );
  return rows.map(lineOf);
}

function of(account: string): string {
  return `coalesce(sum(p.amount) filter (where p.account = '${account}'), 0)`;
}

interface Row {
  readonly posting_group_id: string;
  readonly commission_id: string;
  readonly payout_id: string | null;
  readonly reason: string;
  readonly posted_at: string;
  readonly currency: string;
  readonly held: string;
  readonly payable: string;
  readonly in_payout: string;
  readonly paid_out: string;
}

function lineOf(row: Row): StatementLine {
  return {
    postingGroupId: asId('PostingGroup', row.posting_group_id),
    commissionId: asId('Commission', row.commission_id),
    payoutId: row.payout_id === null ? null : asId('Payout', row.payout_id),
    reason: row.reason,
    currency: asCurrency(row.currency),
    held: BigInt(row.held),
    payable: BigInt(row.payable),
    inPayout: BigInt(row.in_payout),
    paidOut: BigInt(row.paid_out),
    postedAt: new Date(row.posted_at),
  };
}
