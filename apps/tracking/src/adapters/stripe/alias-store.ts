import { insertRows, type Transaction } from '#database';
import { type Alias, type AliasKind } from './stripe-statement.js';
import { aliasKey } from './order-aliases.js';

/** Rows of one batch, which may hold several companies. */
interface OfCompany {
  readonly companyId: string;
}

/**
 * Lets one batch at a time name a company's orders, until it commits: what it learned is seen by the next,
 * and a refund that parks cannot miss the link that comes at the same moment.
 */
export async function lockAliases(tx: Transaction, companyIds: readonly string[]): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended('tracking.order_alias ' || company_id, 0))
     from unnest($1::text[]) as company_id`,
    [companyIds.toSorted()],
  );
}

/** Known order keys: company → `aliasKey` → order key. */
export async function loadOrderAliases(
  tx: Transaction,
  wanted: readonly (OfCompany & { readonly alias: Alias })[],
): Promise<Map<string, Map<string, string>>> {
  const rows = await tx.query<{
    company_id: string;
    alias_kind: AliasKind;
    alias_value: string;
    order_key: string;
  }>(
    `select company_id, alias_kind, alias_value, order_key
     from (select distinct * from unnest($1::uuid[], $2::text[], $3::text[])
             as wanted(company_id, alias_kind, alias_value)) as wanted
       join tracking.order_alias using (company_id, alias_kind, alias_value)`,
    [
      wanted.map(({ companyId }) => companyId),
      wanted.map(({ alias }) => alias.kind),
      wanted.map(({ alias }) => alias.value),
    ],
  );
  return byCompany(rows, (row) => [
    aliasKey({ kind: row.alias_kind, value: row.alias_value }),
    row.order_key,
  ]);
}

/** Known customer keys: company → Stripe's id → the key in use. */
export async function loadCustomerAliases(
  tx: Transaction,
  wanted: readonly (OfCompany & { readonly stripeId: string })[],
): Promise<Map<string, Map<string, string>>> {
  const rows = await tx.query<{ company_id: string; stripe_customer: string; customer_key: string }>(
    `select company_id, stripe_customer, customer_key
     from (select distinct * from unnest($1::uuid[], $2::text[]) as wanted(company_id, stripe_customer)) as wanted
       join tracking.customer_alias using (company_id, stripe_customer)`,
    [wanted.map(({ companyId }) => companyId), wanted.map(({ stripeId }) => stripeId)],
  );
  return byCompany(rows, (row) => [row.stripe_customer, row.customer_key]);
}

export async function saveOrderAliases(
  tx: Transaction,
  added: readonly (OfCompany & { readonly alias: Alias; readonly orderKey: string })[],
): Promise<void> {
  await insertRows(
    tx,
    'tracking.order_alias',
    { company_id: 'uuid', alias_kind: 'text', alias_value: 'text', order_key: 'text' },
    added.map(({ companyId, alias, orderKey }) => ({
      company_id: companyId,
      alias_kind: alias.kind,
      alias_value: alias.value,
      order_key: orderKey,
    })),
  );
}

export async function saveCustomerAliases(
  tx: Transaction,
  added: readonly (OfCompany & { readonly stripeId: string; readonly customerKey: string })[],
): Promise<void> {
  await insertRows(
    tx,
    'tracking.customer_alias',
    { company_id: 'uuid', stripe_customer: 'text', customer_key: 'text' },
    added.map(({ companyId, stripeId, customerKey }) => ({
      company_id: companyId,
      stripe_customer: stripeId,
      customer_key: customerKey,
    })),
  );
}

function byCompany<Row extends { readonly company_id: string }>(
  rows: readonly Row[],
  entryOf: (row: Row) => [string, string],
): Map<string, Map<string, string>> {
  const companies = new Map<string, Map<string, string>>();
  for (const row of rows) {
    const entries = companies.get(row.company_id) ?? new Map<string, string>();
    companies.set(row.company_id, entries.set(...entryOf(row)));
  }
  return companies;
}
