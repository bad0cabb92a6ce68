import type { Transaction } from '#database';
import { addUpRefunds, refundedOrderKey } from './charge-refunds.js';
import {
  type CompanyStatement,
  facts,
  type OrdersOf,
  partOf,
  type Resolution,
  waitFor,
} from './resolution.js';
import type { Refund } from './stripe-statement.js';

/** Refunds of known orders as all that was refunded of each so far; one of an unknown order waits for it. */
export async function resolveRefunds(
  tx: Transaction,
  items: readonly CompanyStatement<Refund>[],
  orders: OrdersOf,
): Promise<[CompanyStatement, Resolution][]> {
  const known = items.flatMap((item) => {
    const { companyId, statement } = item;
    const orderKey = partOf(orders, companyId).find(statement.names);
    return orderKey === undefined ? [] : [{ item, ...statement, companyId, orderKey }];
  });
  const totals = await addUpRefunds(tx, known);
  const found = new Map(
    known.map(({ item, time, companyId, orderKey, currency }) => {
      const refundedTotal = partOf(totals, refundedOrderKey({ companyId, orderKey }));
      const refund = { kind: 'snapshot' as const, refundedTotal };
      return [item, facts({ type: 'order.refunded', ...time, data: { orderKey, currency, refund } })];
    }),
  );
  return items.map((item) => [item, found.get(item) ?? waitFor(item.statement)]);
}
