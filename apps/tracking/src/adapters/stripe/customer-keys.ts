import type { Alias, StripeCustomer } from './stripe-statement.js';

/**
 * One company's keys for Stripe's customers. The first webhook of a customer fixes the key, the company's own
 * (`metadata.customerKey`) where given: all later ones are the same customer, whatever they carry.
 */
export class CustomerKeys {
  readonly #keys: Map<string, string>;
  readonly #added: { readonly stripeId: string; readonly customerKey: string }[] = [];

  /** @param known keys by Stripe's customer id */
  constructor(known: ReadonlyMap<string, string>) {
    this.#keys = new Map(known);
  }

  /** @param sale names a guest, who is a customer of this one sale */
  keyOf(customer: StripeCustomer, sale: Alias): string {
    const { stripeId, ownKey } = customer;
    if (stripeId === null) return ownKey ?? `guest:${sale.value}`;
    const known = this.#keys.get(stripeId);
    if (known !== undefined) return known;
    const customerKey = ownKey ?? stripeId;
    this.#keys.set(stripeId, customerKey);
    this.#added.push({ stripeId, customerKey });
    return customerKey;
  }

  /** What was learned here. */
  get added(): readonly { readonly stripeId: string; readonly customerKey: string }[] {
    return this.#added;
  }
}
