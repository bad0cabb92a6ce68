import type { Transaction } from '#database';
import {
  loadCustomerAliases,
  loadOrderAliases,
  lockAliases,
  saveCustomerAliases,
  saveOrderAliases,
} from './alias-store.js';
import { CustomerKeys } from './customer-keys.js';
import { aliasKey, OrderAliases } from './order-aliases.js';
import { PromotionCodes } from './promotion-codes.js';
import { type CompanyStatement, facts, type OrdersOf, partOf, type Resolution } from './resolution.js';
import { resolveChargebacks } from './resolve-chargebacks.js';
import { resolveRefunds } from './resolve-refunds.js';
import type { NamingStatement, StripeStatement } from './stripe-statement.js';

export interface StripeResolutions {
  /** One per statement, in order. */
  readonly resolutions: readonly Resolution[];
  /** Keys that waiting refunds and chargebacks can be woken by: company → keys. */
  readonly learned: ReadonlyMap<string, readonly string[]>;
}

/**
 * Turns a batch's statements into facts of orders, in set-based statements. Refunds and chargebacks come
 * last, so that one in the same batch as its link need not wait.
 */
export async function resolveStripe(
  tx: Transaction,
  items: readonly CompanyStatement[],
): Promise<StripeResolutions> {
  const companyIds = [...new Set(items.map(({ companyId }) => companyId))];
  if (companyIds.length === 0) return { resolutions: [], learned: new Map() };
  await lockAliases(tx, companyIds);
  const known = await load(tx, companyIds, items);
  const { orders, customers } = known;

  const resolutions = new Map<CompanyStatement, Resolution>([
    ...items.filter(isOf('promotion')).map((item) => [item, facts()] as const),
    ...items.filter(isNaming).map((item) => [item, resolveNamed(item, known)] as const),
    ...(await resolveRefunds(tx, items.filter(isOf('refund')), orders)),
    ...resolveChargebacks(items.filter(isOf('chargeback')), orders),
  ]);

  await saveCustomerAliases(tx, addedBy(customers));
  const added = addedBy(orders);
  await saveOrderAliases(tx, added);
  const learned = Map.groupBy(added, ({ companyId }) => companyId);
  return {
    resolutions: items.map((item) => partOf(resolutions, item)),
    learned: new Map(
      [...learned].map(([companyId, entries]) => [companyId, entries.map(({ alias }) => aliasKey(alias))]),
    ),
  };
}

const isOf =
  <K extends StripeStatement['kind']>(kind: K) =>
  (item: CompanyStatement): item is CompanyStatement<Extract<StripeStatement, { kind: K }>> =>
    item.statement.kind === kind;

const NAMING: readonly StripeStatement['kind'][] = ['sale', 'introduction', 'link'];

const isNaming = (item: CompanyStatement): item is CompanyStatement<NamingStatement> =>
  NAMING.includes(item.statement.kind);

/** What is known of orders, customers and promotion codes that a batch names. */
interface Known {
  readonly orders: OrdersOf;
  readonly customers: ReadonlyMap<string, CustomerKeys>;
  readonly promotions: PromotionCodes;
}

async function load(
  tx: Transaction,
  companyIds: readonly string[],
  items: readonly CompanyStatement[],
): Promise<Known> {
  const knownOrders = await loadOrderAliases(
    tx,
    items.flatMap(({ companyId, statement }) =>
      'names' in statement ? statement.names.map((alias) => ({ companyId, alias })) : [],
    ),
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
    promotions: await PromotionCodes.learn(tx, items),
  };
}

function resolveNamed(
  { companyId, statement }: CompanyStatement<NamingStatement>,
  { orders, customers, promotions }: Known,
): Resolution {
  const naming = partOf(orders, companyId).join(statement.names);
  if (naming.kind === 'several') return { kind: 'separate', orderKeys: naming.orderKeys };
  if (statement.kind === 'link') return facts();
  const { time, names, customer, evidence } = statement;
  const who = {
    customerKey: partOf(customers, companyId).keyOf(customer, names[0]),
    email: customer.email,
    ...evidence,
    codes: promotions.withTexts(companyId, evidence.codes),
  };
  if (statement.kind === 'introduction') return facts({ type: 'customer.signed_up', ...time, data: who });
  const order = { orderKey: naming.orderKey, ...who, ...statement.price };
  return facts({ type: 'order.placed', ...time, data: order });
}

function addedBy<Entry extends object>(
  companies: ReadonlyMap<string, { readonly added: readonly Entry[] }>,
): (Entry & { readonly companyId: string })[] {
  return [...companies].flatMap(([companyId, { added }]) => added.map((entry) => ({ companyId, ...entry })));
}
