import type { Delivery } from '#bus';
import type { Transaction } from '#database';
import { type CustomerName, type Customers, mergeCustomers } from './customer-store.js';
import { nameOf, type SubjectRow } from './subject.js';

type Decided = Delivery<'attribution.decided'>;

/** A lead or deal that was closed anew for another customer, and whose it was before. */
export interface Leaving extends CustomerName {
  readonly delivery: Decided;
}

export function leavingOf(
  locked: readonly (SubjectRow & { is_new: boolean })[],
  newest: ReadonlyMap<string, Decided>,
): Leaving[] {
  return locked.flatMap(({ company_id, customer_id, ...row }) => {
    const delivery = newest.get(nameOf({ company_id, ...row }));
    if (!delivery || row.is_new || customer_id === null || delivery.data.customerId === customer_id)
      return [];
    return [{ company_id, customer_id, delivery }];
  });
}

/** Locks the customers whom a subject leaves, too: without it they have more of their caps left. */
export async function withFormer(
  tx: Transaction,
  reported: Customers,
  left: readonly Leaving[],
): Promise<Customers> {
  if (left.length === 0) return reported;
  const reports = left.map(({ company_id, customer_id }) => ({
    company_id,
    customer_id,
    signed_up_at: null,
    first_paid_at: null,
  }));
  const { customers } = await mergeCustomers(tx, reports);
  return new Map([...reported, ...customers]);
}
