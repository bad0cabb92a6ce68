import { nameOf } from './subject.js';

/** What something adds up to for one order, as the database tells it. */
export interface OrderTotal {
  readonly company_id: string;
  readonly order_key: string;
  readonly total: string;
}

/** By the name of the order's subject. */
export const totalsByOrder = (totals: readonly OrderTotal[]): Map<string, bigint> =>
  new Map(
    totals.map(({ company_id, order_key, total }) => [
      nameOf({ company_id, kind: 'order', key: order_key }),
      BigInt(total),
    ]),
  );
