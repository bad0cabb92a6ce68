import { asId, parseId, publicId } from '#kernel';
import type { AttributionDecided } from './events/attribution.js';

/** A subject's key: the company's own of an order or action; of a signup, its customer's; of a lead or deal, its id. */
export function subjectKeyOf(subject: AttributionDecided['subject']): string {
  switch (subject.kind) {
    case 'signup':
      return subject.customerKey;
    case 'order':
      return subject.orderKey;
    case 'lead':
    case 'deal':
    case 'action':
      return subject.key;
  }
}

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
