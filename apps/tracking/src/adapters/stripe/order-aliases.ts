import type { Alias } from './stripe-statement.js';

/** One text per alias: for maps, and for those who wait for it. */
export const aliasKey = ({ kind, value }: Alias): string => `stripe:${kind}:${value}`;

/** What the names of a sale come to: one order, or several that were booked apart before the link was known. */
export type Naming =
  | { readonly kind: 'one'; readonly orderKey: string }
  | { readonly kind: 'several'; readonly orderKeys: readonly string[] };

/**
 * One company's names for its orders. The first statement that names an order fixes its key; every later
 * name joins it, so a session, its invoice, payment intent and charge are one order in any sequence.
 */
export class OrderAliases {
  readonly #orderKeys: Map<string, string>;
  readonly #added: { readonly alias: Alias; readonly orderKey: string }[] = [];

  /** @param known order keys by `aliasKey` */
  constructor(known: ReadonlyMap<string, string>) {
    this.#orderKeys = new Map(known);
  }

  /** Joins the names; the first one's value is the key of an order not named before. */
  join(names: readonly [Alias, ...Alias[]]): Naming {
    const orderKeys = [...new Set(names.flatMap((alias) => this.find([alias]) ?? []))];
    const [orderKey = names[0].value] = orderKeys;
    if (orderKeys.length > 1) return { kind: 'several', orderKeys };
    for (const alias of names) {
      if (this.#orderKeys.has(aliasKey(alias))) continue;
      this.#orderKeys.set(aliasKey(alias), orderKey);
      this.#added.push({ alias, orderKey });
    }
    return { kind: 'one', orderKey };
  }

  /** The order that any of the names belongs to, so far. */
  find(names: readonly Alias[]): string | undefined {
    return names.map((alias) => this.#orderKeys.get(aliasKey(alias))).find((key) => key !== undefined);
  }

  /** What was learned here. */
  get added(): readonly { readonly alias: Alias; readonly orderKey: string }[] {
    return this.#added;
  }
}
