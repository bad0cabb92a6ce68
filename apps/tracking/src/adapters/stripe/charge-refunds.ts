import { insertRows, type Transaction } from '#database';

export interface ChargeRefund {
  readonly companyId: string;
  readonly orderKey: string;
  readonly chargeId: string;
  /** Stripe's `amount_refunded`: all refunds of this charge so far. */
  readonly refundedTotal: number;
}

export const refundedOrderKey = ({ companyId, orderKey }: Pick<ChargeRefund, 'companyId' | 'orderKey'>) =>
  `${companyId} ${orderKey}`;

/**
 * Notes refunds of charges and tells what is refunded of each order in all: an invoice can be paid by
 * several charges, and each reports only its own. Of one charge the largest figure counts, in any sequence.
 * The caller holds the company's alias lock.
 * @returns totals by `refundedOrderKey`
 */
export async function addUpRefunds(
  tx: Transaction,
  refunds: readonly ChargeRefund[],
): Promise<Map<string, number>> {
  if (refunds.length === 0) return new Map();
  const largest = new Map<string, ChargeRefund>();
  for (const refund of refunds) {
    const key = `${refundedOrderKey(refund)} ${refund.chargeId}`;
    const before = largest.get(key);
    if (!before || before.refundedTotal < refund.refundedTotal) largest.set(key, refund);
  }
  await insertRows(
    tx,
    'tracking.charge_refund',
    { company_id: 'uuid', order_key: 'text', charge_id: 'text', refunded_total: 'bigint' },
    [...largest.values()].map((refund) => ({
      company_id: refund.companyId,
      order_key: refund.orderKey,
      charge_id: refund.chargeId,
      refunded_total: refund.refundedTotal,
    })),
    `on conflict (company_id, order_key, charge_id) do update
       set refunded_total = greatest(charge_refund.refunded_total, excluded.refunded_total)`,
  );
  const rows = await tx.query<{ company_id: string; order_key: string; total: string }>(
    `select company_id, order_key, sum(refunded_total) as total
     from tracking.charge_refund
       join (select distinct * from unnest($1::uuid[], $2::text[]) as wanted(company_id, order_key)) as wanted
         using (company_id, order_key)
     group by company_id, order_key`,
    [refunds.map(({ companyId }) => companyId), refunds.map(({ orderKey }) => orderKey)],
  );
  return new Map(
    rows.map((row) => [
      refundedOrderKey({ companyId: row.company_id, orderKey: row.order_key }),
      Number(row.total),
    ]),
  );
}
