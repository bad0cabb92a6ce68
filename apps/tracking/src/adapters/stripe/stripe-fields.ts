import type { ReferralEvidence } from '#contracts';
import { evidenceOf, find, type Found, optionalText } from '../fields.js';
import type { StripeCustomer } from './stripe-statement.js';

/** Finds a field of an event by its dotted path. */
export type Look = (path: string) => Found;

/** The id at a place that holds an id, or the whole object when the company has Stripe expand it. */
export function idAt(look: Look, path: string): string | null {
  const found = look(path);
  return typeof found.value === 'object' ? optionalText(find(found.value, 'id')) : optionalText(found);
}

/** Where a company may put metadata; the first that has the key counts. */
function metadataAt(look: Look, places: readonly string[], key: string): unknown {
  return places.map((place) => look(`${place}.${key}`).value).find((value) => value !== undefined);
}

export function customerAt(look: Look, metadataPlaces: readonly string[], email: Found): StripeCustomer {
  const ownKey = metadataAt(look, metadataPlaces, 'customerKey');
  return {
    stripeId: idAt(look, 'data.object.customer'),
    ownKey: optionalText({ field: 'metadata.customerKey', value: ownKey === '' ? undefined : ownKey }),
    email: optionalText(email),
  };
}

/** The click id under `fl_click`, or a `client_reference_id` that is one: companies use that for other things too. */
export function evidenceAt(look: Look, metadataPlaces: readonly string[]): ReferralEvidence {
  const reference = look('data.object.client_reference_id').value;
  const isClickId = typeof reference === 'string' && reference.startsWith('clk_');
  return evidenceOf(metadataAt(look, metadataPlaces, 'fl_click') ?? (isClickId ? reference : undefined));
}

/** Credits can make what was paid smaller than the parts of the price: never more than the whole. */
export function partsOf(amount: number, tax: number, shipping: number) {
  const taxPart = Math.min(tax, amount);
  return { amount, tax: taxPart, shipping: Math.min(shipping, amount - taxPart) };
}
