/**
 * What tracking publishes: normalised facts of a company's platform.
 *
 * All times are ISO 8601 UTC. The envelope's `occurredAt` is the event's own time at its source.
 * Amounts are minor units as safe integers. Keys are the company's own names for things.
 */

/**
 * How orders of an integration become earned (the fulfilment policy, frozen on the order): when paid, at the
 * first fulfilment, line by line, or once all of it is fulfilled.
 */
export const FULFILMENT_POLICIES = ['none', 'first', 'lines', 'complete'] as const;
export type FulfilmentPolicy = (typeof FULFILMENT_POLICIES)[number];

/** Which webhook a fact was read from. */
export interface FactOrigin {
  readonly integrationId: string;
  readonly requestId: string;
  /** The body's own time lay more than 10 minutes ahead: `occurredAt` is when we received it instead. */
  readonly isFromFuture?: boolean;
}

/** What a conversion presented to name its referrer. */
export interface ReferralEvidence {
  /** Click id taken from the destination URL, as a UUID; null when none was presented. */
  readonly clickId: string | null;
  /** The presented click id was there but is not one of ours. */
  readonly isClickIdMalformed: boolean;
  /** Discount codes as the platform sent them; compared without case. Empty when none was used. */
  readonly codes: readonly string[];
}

export interface CustomerSignedUp extends FactOrigin, ReferralEvidence {
  /** The company's own key of the customer. */
  readonly customerKey: string;
  /** For the customer list of the company only; never shown to a partner who has no tie. */
  readonly email: string | null;
}

/** One position of an order. */
export interface OrderLine {
  /** The company's own key of the line, once in its order. */
  readonly lineKey: string;
  readonly productKey: string | null;
  readonly categoryKey: string | null;
  /** What was paid for the line without tax and shipping, minor units. */
  readonly amount: number;
}

export interface OrderPlaced extends FactOrigin, ReferralEvidence {
  /** The business key: one sale, whatever aliases its webhooks used. */
  readonly orderKey: string;
  readonly customerKey: string;
  readonly email: string | null;
  /** What the customer paid, minor units. */
  readonly amount: number;
  /** Parts of `amount` that offers may leave out of their base. */
  readonly tax: number;
  readonly shipping: number;
  readonly currency: string;
  readonly fulfilmentPolicy: FulfilmentPolicy;
  /** Empty when the platform sends none. */
  readonly lines: readonly OrderLine[];
}

export interface OrderFulfilled extends FactOrigin {
  readonly orderKey: string;
  /** What was fulfilled; null for the whole order. */
  readonly lineKeys: readonly string[] | null;
}

/** The order will not be fulfilled, or not any further. */
export interface OrderCancelled extends FactOrigin {
  readonly orderKey: string;
}

/**
 * A refund. Either one refund of its own (`refundKey`, `amount`) or a snapshot of all refunds so far
 * (`refundedTotal`, Stripe's `amount_refunded`): the largest snapshot wins.
 */
export interface OrderRefunded extends FactOrigin {
  readonly orderKey: string;
  readonly currency: string;
  readonly refund:
    | { readonly kind: 'single'; readonly refundKey: string; readonly amount: number }
    | { readonly kind: 'snapshot'; readonly refundedTotal: number };
}

/** `opened` and `lost` take the amount away, `won` (by the company) gives it back. */
export const CHARGEBACK_OUTCOMES = ['opened', 'won', 'lost'] as const;
export type ChargebackOutcome = (typeof CHARGEBACK_OUTCOMES)[number];

/** A customer's bank took a payment back, or decided about it: `won` and `lost` are final, in any order of arrival. */
export interface OrderChargedBack extends FactOrigin {
  readonly orderKey: string;
  readonly chargebackKey: string;
  readonly currency: string;
  /** What is in dispute, minor units. */
  readonly amount: number;
  readonly outcome: ChargebackOutcome;
}

/** A customer did something that an offer may name, such as booking a demo. */
export interface ActionPerformed extends FactOrigin, ReferralEvidence {
  readonly customerKey: string;
  readonly email: string | null;
  /** The company's own key of this one time. */
  readonly actionKey: string;
  /** Name of the action. */
  readonly action: string;
}

/** A signed webhook was stored. Internal to tracking: ingest hands it to the normaliser. */
export interface WebhookReceived {
  readonly integrationId: string;
  readonly requestId: string;
  /** The sender's own id of the event (`webhook-id`, Stripe `evt_…`). */
  readonly externalId: string;
  readonly receivedAt: string;
  /** Set only by a revision that ops made: replaces the stored raw body (UTF-8 text). */
  readonly body?: string;
}

/** A click became durable more than 5 s after it happened. */
export interface ClickArrivedLate {
  readonly clickId: string;
  readonly visitorId: string;
  readonly partnershipId: string;
  readonly clickedAt: string;
}
