import type { Transaction } from '#database';
import { asCurrency, asId, type Currency, type Id } from '#kernel';

/** What a payout took of one commission; below zero where an earlier payout is set off. */
export interface PayoutLine {
  readonly commissionId: Id<'Commission'>;
  /** Null for an adjustment by hand. */
  readonly offer: { readonly offerId: Id<'Offer'>; readonly name: string } | null;
  /** When the commission's order, signup or other subject happened. */
  readonly occurredAt: Date;
  readonly amount: bigint;
  readonly currency: Currency;
}

/** In the order of the commissions' creation, after a cursor; at most `limit`. */
export async function loadPayoutLines(
  tx: Transaction,
  companyId: Id<'Company'>,
  payoutId: Id<'Payout'>,
  page: { readonly after: string | null; readonly limit: number },
): Promise<PayoutLine[]> {
  const rows = await tx.query<{
    commission_id: string;
    offer_id: string | null;
    offer_name: string | null;
    occurred_at: string;
    amount: string;
    currency: string;
  }>(
    `select l.commission_id, c.offer_id, o.name as offer_name, c.occurred_at, l.amount, c.currency
     from (
       select * from commissions.payout_line
       where company_id = $1 and payout_id = $2 and ($3::uuid is null or commission_id > $3)
       order by commission_id limit $4) l
     cross join lateral (
       select offer_id, occurred_at, currency from commissions.commission
       where company_id = l.company_id and commission_id = l.commission_id) c
     left join lateral (
       select name from commissions.offer where company_id = l.company_id and offer_id = c.offer_id) o on true
     order by l.commission_id`,
    [companyId, payoutId, page.after, page.limit],
  );
  return rows.map((row) => ({
    commissionId: asId('Commission', row.commission_id),
    offer:
      row.offer_id === null ? null : { offerId: asId('Offer', row.offer_id), name: row.offer_name ?? '' },
    occurredAt: new Date(row.occurred_at),
    amount: BigInt(row.amount),
    currency: asCurrency(row.currency),
  }));
}
