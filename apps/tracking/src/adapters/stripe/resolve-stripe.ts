import type { Transaction } from '#database';
import type { Fact } from '../reading.js';
import {
  loadCustomerAliases,
  loadOrderAliases,
  lockAliases,
  saveCustomerAliases,
  saveOrderAliases,
} from './alias-store.js';
import { addUpRefunds, refundedOrderKey } from './charge-refunds.js';
import { CustomerKeys } from './customer-keys.js';
import { aliasKey, OrderAliases } from './order-aliases.js';
import type { StripeStatement } from './stripe-statement.js';

/** A statement of one company's Stripe account. */
export interface CompanyStatement {
  readonly companyId: string;
  readonly statement: StripeStatement;
}

/** What became of a statement once its names are resolved. */
export type Resolution =
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  /** A refund of an order that no webhook has named yet. */
  | { readonly kind: 'wait'; readonly waitFor: string }
  /** A link between orders that were booked apart. */
  | { readonly kind: 'separate'; readonly orderKeys: readonly string[] };

export interface StripeResolutions {
  /** One per statement, in order. */
  readonly resolutions: readonly Resolution[];
  /** Keys that waiting refunds can be woken by: company → keys. */
  readonly learned: ReadonlyMap<string, readonly string[]>;
}

/**
 * Turns a batch's statements into facts of orders, in set-based statements. Refunds come last, so that one
 * in the same batch as its link need not wait.
 */
export async function resolveStripe(
  tx: Transaction,
  items: readonly CompanyStatement[],
): Promise<StripeResolutions> {
  const companyIds = [...new Set(items.map(({ companyId }) => companyId))];
  if (companyIds.length === 0) return { resolutions: [], learned: new Map() };
  await lockAliases(tx, companyIds);
  const { orders, customers } = await load(tx, companyIds, items);

  const resolutions = new Map<CompanyStatement, Resolution>();
  for (const item of items) {
    const { companyId, statement } = item;
    if (statement.kind === 'refund') continue;
    const names = ofCompany(orders, companyId);
    resolutions.set(item, resolveNamed(statement, names, ofCompany(customers, companyId)));
  }
  for (const [item, resolution] of await resolveRefunds(tx, items, orders)) resolutions.set(item, resolution);

  await saveCustomerAliases(tx, addedBy(customers));
  const added = addedBy(orders);
  await saveOrderAliases(tx, added);
  const learned = Map.groupBy(added, ({ companyId }) => companyId);
  return {
    resolutions: items.map((item) => ofCompany(resolutions, item)),
    learned: new Map(
      [...learned].map(([companyId, entries]) => [companyId, entries.map(({ alias }) => aliasKey(alias))]),
    ),
  };
}

async function load(tx: Transaction, companyIds: readonly string[], items: readonly CompanyStatement[]) {
  const knownOrders = await loadOrderAliases(
    tx,
    items.flatMap(({ companyId, statement }) => statement.names.map((alias) => ({ companyId, alias }))),
  );
  const knownCustomers = await loadCustomerAliases(
    tx,
    items.flatMap(({ companyId, statement }) => {
      const stripeId = 'customer' in statement ? statement.customer.stripeId : null;
      return stripeId === null ? [] : [{ companyId, stripeId }];
    }),
  );
  const none = new Map<string, string>();
  return {
    orders: new Map(companyIds.map((id) => [id, new OrderAliases(knownOrders.get(id) ?? none)])),
    customers: new Map(companyIds.map((id) => [id, new CustomerKeys(knownCustomers.get(id) ?? none)])),
  };
}

function resolveNamed(
  statement: Exclude<StripeStatement, { kind: 'refund' }>,
  orders: OrderAliases,
  customers: CustomerKeys,
): Resolution {
  const naming = orders.join(statement.names);
  if (naming.kind === 'several') return { kind: 'separate', orderKeys: naming.orderKeys };
  if (statement.kind === 'link') return { kind: 'facts', facts: [] };
  const { time, names, customer, evidence } = statement;
  const who = { customerKey: customers.keyOf(customer, names[0]), email: customer.email, ...evidence };
  const fact: Fact =
    statement.kind === 'sale'
      ? { type: 'order.placed', ...time, data: { orderKey: naming.orderKey, ...who, ...statement.price } }
      : { type: 'customer.signed_up', ...time, data: who };
  return { kind: 'facts', facts: [fact] };
}

async function resolveRefunds(
  tx: Transaction,
  items: readonly CompanyStatement[],
  orders: ReadonlyMap<string, OrderAliases>,
): Promise<Map<CompanyStatement, Resolution>> {
  const refunds = items.flatMap((item) => {
    const { companyId, statement } = item;
    if (statement.kind !== 'refund') return [];
    return { item, companyId, ...statement, orderKey: ofCompany(orders, companyId).find(statement.names) };
  });
  const totals = await addUpRefunds(
    tx,
    refunds.flatMap(({ orderKey, ...refund }) => (orderKey === undefined ? [] : { ...refund, orderKey })),
  );
  return new Map(
    refunds.map(({ item, companyId, orderKey, names, time, currency }): [CompanyStatement, Resolution] => {
      if (orderKey === undefined) return [item, { kind: 'wait', waitFor: aliasKey(names[0]) }];
      const refundedTotal = ofCompany(totals, refundedOrderKey({ companyId, orderKey }));
      const refund = { kind: 'snapshot' as const, refundedTotal };
      const fact: Fact = { type: 'order.refunded', ...time, data: { orderKey, currency, refund } };
      return [item, { kind: 'facts', facts: [fact] }];
    }),
  );
}

function addedBy<Entry extends object>(
  companies: ReadonlyMap<string, { readonly added: readonly Entry[] }>,
): (Entry & { readonly companyId: string })[] {
  return [...companies].flatMap(([companyId, { added }]) => added.map((entry) => ({ companyId, ...entry })));
}

function ofCompany<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error('a batch lost one of its parts');
  return value;
}
