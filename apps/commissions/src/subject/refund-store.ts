import type { Delivery } from '#bus';
import type { Transaction } from '#database';
import { type OrderTotal, totalsByOrder } from './order-totals.js';

interface RefundRow {
  readonly company_id: string;
  readonly order_key: string;
  readonly refund_key: string;
  readonly amount: number;
  readonly occurred_at: string;
}

/**
 * Stores single refunds, each once by its key; should one come with two amounts the larger counts, so that
 * their order does not matter. The orders' rows are locked.
 * @returns the sum of all single refunds of each order that has one among `deliveries`
 */
export async function mergeRefunds(
  tx: Transaction,
  deliveries: readonly Delivery<'order.refunded'>[],
): Promise<Map<string, bigint>> {
  const rows = largestByKey(deliveries);
  if (rows.length === 0) return new Map();
  await tx.query(
    `insert into commissions.order_refund as r (company_id, order_key, refund_key, amount, occurred_at)
     select company_id, order_key, refund_key, amount, occurred_at
     from json_to_recordset($1::json) as n(company_id uuid, order_key text, refund_key text, amount bigint,
       occurred_at timestamptz)
     order by company_id, order_key, refund_key
     on conflict (company_id, order_key, refund_key) do update set amount = excluded.amount
       where excluded.amount > r.amount`,
    [JSON.stringify(rows)],
  );
  const sums = await tx.query<OrderTotal>(
    `select n.company_id, n.order_key, r.total
     from (select distinct * from unnest($1::uuid[], $2::text[])) as n(company_id, order_key)
     cross join lateral (
       select least(sum(r.amount), ${LARGEST_BIGINT}) as total from commissions.order_refund r
       where r.company_id = n.company_id and r.order_key = n.order_key) r`,
    [rows.map((row) => row.company_id), rows.map((row) => row.order_key)],
  );
  return totalsByOrder(sums);
}

const LARGEST_BIGINT = '9223372036854775807';

function largestByKey(deliveries: readonly Delivery<'order.refunded'>[]): RefundRow[] {
  const largest = new Map<string, RefundRow>();
  for (const { companyId, occurredAt, data } of deliveries) {
    const { refund, orderKey } = data;
    if (refund.kind !== 'single') continue;
    const name = JSON.stringify([companyId, orderKey, refund.refundKey]);
    if ((largest.get(name)?.amount ?? -1) >= refund.amount) continue;
    largest.set(name, {
      company_id: companyId,
      order_key: orderKey,
      refund_key: refund.refundKey,
      amount: refund.amount,
      occurred_at: occurredAt.toISOString(),
    });
  }
  return [...largest.values()];
}
