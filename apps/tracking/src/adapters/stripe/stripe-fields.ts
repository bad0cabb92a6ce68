import type { ReferralEvidence } from '#contracts';
import { evidenceOf, find, type Found, optionalText, requiredText } from '../fields.js';
import type { Alias, StripeCustomer } from './stripe-statement.js';

/** Finds a field of an event by its dotted path. */
export type Look = (path: string) => Found;

/** The id at a place that holds an id, or the whole object when the company has Stripe expand it. */
export function idAt(look: Look, path: string): string | null {
  const found = look(path);
  return typeof found.value === 'object' ? optionalText(find(found.value, 'id')) : optionalText(found);
}

/** The names of a charge's payment, which the sale may have been told by. */
export function paymentNames(look: Look, chargeId: string): readonly [Alias, ...Alias[]] {
  const charge: Alias = { kind: 'charge', value: chargeId };
  const paymentIntent = idAt(look, 'data.object.payment_intent');
  return paymentIntent === null ? [charge] : [{ kind: 'payment_intent', value: paymentIntent }, charge];
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
  const presented = metadataAt(look, metadataPlaces, 'fl_click') ?? (isClickId ? reference : undefined);
  return evidenceOf(presented, codesAt(look, metadataPlaces));
}

/** The code under `fl_code`, and the promotion codes used: Stripe sends their ids (`promo_…`) unless expanded. */
function codesAt(look: Look, metadataPlaces: readonly string[]): string[] {
  const own = metadataAt(look, metadataPlaces, 'fl_code');
  const { field, value: discounts } = look('data.object.discounts');
  const promotions = (Array.isArray(discounts) ? discounts : []).map((discount: unknown, index) => {
    const { value } = find(discount, 'promotion_code');
    const code = typeof value === 'object' ? find(value, 'code').value : value;
    return { field: `${field}.${index}.promotion_code`, value: code };
  });
  return [{ field: 'metadata.fl_code', value: own }, ...promotions]
    .filter(({ value }) => value !== undefined && value !== '')
    .map(requiredText);
}

/** Credits can make what was paid smaller than the parts of the price: never more than the whole. */
export function partsOf(amount: number, tax: number, shipping: number) {
  const taxPart = Math.min(tax, amount);
  return { amount, tax: taxPart, shipping: Math.min(shipping, amount - taxPart) };
}
