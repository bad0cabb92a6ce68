import type { Delivery } from '#bus';
import type { ChargebackOutcome } from '#contracts';
import type { Transaction } from '#database';
import { type OrderTotal, totalsByOrder } from './order-totals.js';

type ChargedBack = Delivery<'order.charged_back'>;

interface ChargebackRow {
  readonly company_id: string;
  readonly order_key: string;
  readonly chargeback_key: string;
  readonly outcome: ChargebackOutcome;
  readonly amount: number;
  readonly occurred_at: string;
}

/**
 * Stores chargebacks, one report of each: a final one goes before an open one, then the later one counts, so
 * that the order of arrival does not matter. The orders' rows are locked.
 * @returns for each order that has one among `deliveries`, the sum of those that are open or lost
 */
export async function mergeChargebacks(
  tx: Transaction,
  deliveries: readonly ChargedBack[],
): Promise<Map<string, bigint>> {
  const rows = decisiveByKey(deliveries);
  if (rows.length === 0) return new Map();
  await tx.query(
    `insert into commissions.order_chargeback as c
       (company_id, order_key, chargeback_key, outcome, amount, occurred_at)
     select company_id, order_key, chargeback_key, outcome, amount, occurred_at
     from json_to_recordset($1::json) as n(company_id uuid, order_key text, chargeback_key text, outcome text,
       amount bigint, occurred_at timestamptz)
     order by company_id, order_key, chargeback_key
     on conflict (company_id, order_key, chargeback_key) do update
       set outcome = excluded.outcome, amount = excluded.amount, occurred_at = excluded.occurred_at
       where (excluded.outcome <> 'opened', excluded.occurred_at, excluded.outcome = 'lost', excluded.amount)
         > (c.outcome <> 'opened', c.occurred_at, c.outcome = 'lost', c.amount)`,
    [JSON.stringify(rows)],
  );
  const sums = await tx.query<OrderTotal>(
    `select n.company_id, n.order_key, c.total
     from (select distinct * from unnest($1::uuid[], $2::text[])) as n(company_id, order_key)
     cross join lateral (
       select least(coalesce(sum(c.amount), 0), ${LARGEST}) as total from commissions.order_chargeback c
       where c.company_id = n.company_id and c.order_key = n.order_key and c.outcome <> 'won') c`,
    [rows.map((row) => row.company_id), rows.map((row) => row.order_key)],
  );
  return totalsByOrder(sums);
}

/** So that adding it to an order's refunds stays a bigint. */
const LARGEST = '4611686018427387903';

function decisiveByKey(deliveries: readonly ChargedBack[]): ChargebackRow[] {
  const decisive = new Map<string, ChargebackRow>();
  for (const { companyId, occurredAt, data } of deliveries) {
    const row = {
      company_id: companyId,
      order_key: data.orderKey,
      chargeback_key: data.chargebackKey,
      outcome: data.outcome,
      amount: data.amount,
      occurred_at: occurredAt.toISOString(),
    };
    const name = JSON.stringify([companyId, data.orderKey, data.chargebackKey]);
    const known = decisive.get(name);
    if (!known || goesBefore(row, known)) decisive.set(name, row);
  }
  return [...decisive.values()];
}

/** The same order as in the statement above. */
function goesBefore(a: ChargebackRow, b: ChargebackRow): boolean {
  if ((a.outcome === 'opened') !== (b.outcome === 'opened')) return b.outcome === 'opened';
  if (a.occurred_at !== b.occurred_at) return a.occurred_at > b.occurred_at;
  return a.outcome === b.outcome ? a.amount > b.amount : a.outcome === 'lost';
}
