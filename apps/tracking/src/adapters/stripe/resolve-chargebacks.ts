import {
  type CompanyStatement,
  facts,
  type OrdersOf,
  partOf,
  type Resolution,
  waitFor,
} from './resolution.js';
import type { Chargeback } from './stripe-statement.js';

/** Chargebacks of known orders; one of an unknown order waits for it. */
export function resolveChargebacks(
  items: readonly CompanyStatement<Chargeback>[],
  orders: OrdersOf,
): [CompanyStatement, Resolution][] {
  return items.map((item) => {
    const { companyId, statement } = item;
    const orderKey = partOf(orders, companyId).find(statement.names);
    if (orderKey === undefined) return [item, waitFor(statement)];
    const { time, chargebackKey, amount, currency, outcome } = statement;
    const data = { orderKey, chargebackKey, amount, currency, outcome };
    return [item, facts({ type: 'order.charged_back', ...time, data })];
  });
}
