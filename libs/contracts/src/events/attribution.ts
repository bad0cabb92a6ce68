import type { DeletionReason } from './deletion.js';
import type { OrderPlaced } from './facts.js';

/** How a winner was found. */
export const ATTRIBUTION_METHODS = [
  'manual',
  'bound_customer',
  'code',
  'last_click',
  'lead',
  'deal',
] as const;
export type AttributionMethod = (typeof ATTRIBUTION_METHODS)[number];

export interface Winner {
  readonly partnershipId: string;
  readonly partnerId: string;
  readonly programId: string;
  readonly method: AttributionMethod;
}

/** What can credit a partner. */
export const SUBJECT_KINDS = ['signup', 'order', 'lead', 'deal', 'action'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** A lead or deal that was closed as won. */
export interface ReferralSubject {
  readonly kind: 'lead' | 'deal';
  /** The referral's id, a UUID. */
  readonly key: string;
  /** What it came to, minor units; null when the company named nothing. */
  readonly amount: number | null;
  readonly currency: string | null;
}

/**
 * Attribution decided who referred a signup, an order, a won lead or deal, or a named action; published for
 * every one, winner or none, and again when it is decided otherwise (`revision` counts up from 1).
 */
export interface AttributionDecided {
  readonly decisionId: string;
  readonly revision: number;
  readonly customerId: string;
  readonly customerKey: string;
  /** When the customer signed up at the company, as far as known; ISO 8601. */
  readonly signedUpAt: string | null;
  /** The earliest paid order known; the default anchor of "the customer's first year". */
  readonly firstPaidAt: string | null;
  readonly winner: Winner | null;
  /** Reason code when there is no winner, for example `NO_CLICK_ID_PRESENTED`. */
  readonly reason: string;
  readonly subject:
    | { readonly kind: 'signup'; readonly customerKey: string }
    | ({ readonly kind: 'order' } & Pick<
        OrderPlaced,
        'orderKey' | 'amount' | 'tax' | 'shipping' | 'currency' | 'fulfilmentPolicy' | 'lines'
      >)
    | ReferralSubject
    | { readonly kind: 'action'; readonly key: string; readonly action: string };
}

/** The company deleted a customer: later events of it credit nobody. */
export interface CustomerDeleted {
  readonly customerId: string;
  readonly reason: DeletionReason;
  /** The company's own words, shown to the partner; there when the reason is `OTHER`. */
  readonly note: string | null;
  /** What becomes of the commissions on it: they stay, or the company takes them back. */
  readonly commissions: 'keep' | 'reverse';
  /** Whose customer it was and who could see it; null when no partner could. */
  readonly seenBy: {
    readonly partnershipId: string;
    readonly partnerId: string;
    readonly programId: string;
    /** Since when it was the partner's; ISO 8601. */
    readonly customerSince: string;
  } | null;
}
