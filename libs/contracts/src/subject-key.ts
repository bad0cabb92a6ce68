import { asId, parseId, publicId } from '#kernel';

/**
 * A subject's key as the API shows it: the company's own key of an order, customer or action; of a lead or deal,
 * which has a key of ours, its public id.
 */
export const shownSubjectKey = (kind: string, key: string): string =>
  kind === 'lead' || kind === 'deal' ? publicId('Referral', asId('Referral', key)) : key;

/** The stored form of a key that a caller sent; what is no id of a lead or deal is the company's own key. */
export function storedSubjectKey(shown: string): string {
  return /^rfl_[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(shown) ? parseId('Referral', shown) : shown;
}
