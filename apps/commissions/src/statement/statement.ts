import type { Transaction } from '#database';
import { asCurrency, type Currency, type Id } from '#kernel';
import type { StatementPeriod } from './statement-period.js';

/** What the company owed a partner at one moment. */
export interface Owing {
  readonly held: bigint;
  readonly payable: bigint;
  readonly inPayout: bigint;
}

/**
 * One currency of a month. Adds up to the cent, with held + payable + inPayout for a balance:
 * opening + earned − reversed − paidOut = closing, which is the next month's opening.
 */
export interface StatementOfCurrency {
  readonly currency: Currency;
  readonly opening: Owing;
  readonly earned: bigint;
  readonly reversed: bigint;
  readonly paidOut: bigint;
  readonly closing: Owing;
}

export interface Statement extends StatementPeriod {
  readonly currencies: readonly StatementOfCurrency[];
}

/** Whose ledger is read. */
export interface Account {
  readonly companyId: Id<'Company'>;
  readonly partnershipId: Id<'Partnership'>;
}

/**
 * The ledger of one partnership by way of its commissions: they have an index by partnership, the postings,
 * which the hot path writes, do not. `$1` company, `$2` partnership, `$3` and `$4` bound the time.
 */
export const LEDGER_OF_PARTNERSHIP = `
  commissions.commission c
  cross join lateral (
    select g.posting_group_id, g.commission_id, g.payout_id, g.reason, g.posted_at
    from commissions.posting_group g
    where g.company_id = c.company_id and g.commission_id = c.commission_id
      and g.posted_at >= $3 and g.posted_at < $4 offset 0) g
  cross join lateral (
    select p.account, p.currency, p.amount from commissions.posting p
    where p.company_id = c.company_id and p.posting_group_id = g.posting_group_id offset 0) p
  where c.company_id = $1 and c.partnership_id = $2`;

const BEGINNING = new Date(0);

/** Sums what was posted before and within the period, per currency. */
export async function loadStatement(
  tx: Transaction,
  { companyId, partnershipId }: Account,
  period: StatementPeriod,
): Promise<Statement> {
  const rows = await tx.query<Row>(
    `select p.currency,
       ${sum(`p.account = 'partner_held' and g.posted_at < $5`)} as held_before,
       ${sum(`p.account = 'partner_payable' and g.posted_at < $5`)} as payable_before,
       ${sum(`p.account = 'partner_in_payout' and g.posted_at < $5`)} as in_payout_before,
       -${sum(`p.account = 'company_expense' and p.amount < 0 and g.posted_at >= $5`)} as earned,
       ${sum(`p.account = 'company_expense' and p.amount > 0 and g.posted_at >= $5`)} as reversed,
       ${sum(`p.account = 'partner_paid_out' and g.posted_at >= $5`)} as paid_out,
       ${sum(`p.account = 'partner_held'`)} as held,
       ${sum(`p.account = 'partner_payable'`)} as payable,
       ${sum(`p.account = 'partner_in_payout'`)} as in_payout
     from ${LEDGER_OF_PARTNERSHIP} group by p.currency order by p.currency`,
    [companyId, partnershipId, BEGINNING, period.endsAt, period.startsAt],
  );
  return { ...period, currencies: rows.map(currencyOf) };
}

function sum(condition: string): string {
  return `coalesce(sum(p.amount) filter (where ${condition}), 0)`;
}

interface Row {
  readonly currency: string;
  readonly held_before: string;
  readonly payable_before: string;
  readonly in_payout_before: string;
  readonly earned: string;
  readonly reversed: string;
  readonly paid_out: string;
  readonly held: string;
  readonly payable: string;
  readonly in_payout: string;
}

function currencyOf(row: Row): StatementOfCurrency {
  return {
    currency: asCurrency(row.currency),
    opening: {
      held: BigInt(row.held_before),
      payable: BigInt(row.payable_before),
      inPayout: BigInt(row.in_payout_before),
    },
    earned: BigInt(row.earned),
    reversed: BigInt(row.reversed),
    paidOut: BigInt(row.paid_out),
    closing: { held: BigInt(row.held), payable: BigInt(row.payable), inPayout: BigInt(row.in_payout) },
  };
}
