import type { Fact } from '../reading.js';
import { aliasKey, type OrderAliases } from './order-aliases.js';
import type { StripeStatement, TakingStatement } from './stripe-statement.js';

/** A statement of one company's Stripe account. */
export interface CompanyStatement<S extends StripeStatement = StripeStatement> {
  readonly companyId: string;
  readonly statement: S;
}

/** What became of a statement once its names are resolved. */
export type Resolution =
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  /** Money taken back of an order that no webhook has named yet. */
  | { readonly kind: 'wait'; readonly waitFor: string }
  /** A link between orders that were booked apart. */
  | { readonly kind: 'separate'; readonly orderKeys: readonly string[] };

/** Each company's names for its orders. */
export type OrdersOf = ReadonlyMap<string, OrderAliases>;

export const facts = (...of: readonly Fact[]): Resolution => ({ kind: 'facts', facts: of });

export const waitFor = ({ names }: TakingStatement): Resolution => ({
  kind: 'wait',
  waitFor: aliasKey(names[0]),
});

/** What a batch was loaded with; nothing that it names can be missing. */
export function partOf<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error('a batch lost one of its parts');
  return value;
}
