import type { OrderPlaced } from './facts.js';

/** How a winner was found, in the default precedence. */
export const ATTRIBUTION_METHODS = ['bound_customer', 'last_click'] as const;
export type AttributionMethod = (typeof ATTRIBUTION_METHODS)[number];

export interface Winner {
  readonly partnershipId: string;
  readonly partnerId: string;
  readonly programId: string;
  readonly method: AttributionMethod;
}

/**
 * Attribution decided who referred a signup or an order; published for every one, winner or none,
 * and again when a late click re-decides it (`revision` counts up from 1).
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
        'orderKey' | 'amount' | 'tax' | 'shipping' | 'currency' | 'fulfilmentPolicy'
      >);
}
