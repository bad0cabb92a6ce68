import type { ChargebackOutcome, OrderPlaced, ReferralEvidence } from '#contracts';
import type { EventTime } from '../event-time.js';

/** The objects by which Stripe's webhooks name one sale. */
export type AliasKind = 'checkout_session' | 'invoice' | 'payment_intent' | 'charge';

export interface Alias {
  readonly kind: AliasKind;
  readonly value: string;
}

/** Who bought, as far as the webhook says. */
export interface StripeCustomer {
  /** Stripe's `cus_…`; null for a guest. */
  readonly stripeId: string | null;
  /** The company's own key, from metadata `customerKey`. */
  readonly ownKey: string | null;
  readonly email: string | null;
}

/** Every name of one sale that a webhook gives; the first is the order's key unless an alias says otherwise. */
type Names = readonly [Alias, ...Alias[]];

interface Sale {
  readonly kind: 'sale';
  readonly time: EventTime;
  readonly names: Names;
  readonly customer: StripeCustomer;
  readonly evidence: ReferralEvidence;
  readonly price: Pick<OrderPlaced, 'amount' | 'tax' | 'shipping' | 'currency' | 'lines'>;
}

/** A checkout whose invoice is the sale: it tells who the customer is and which click brought them. */
interface Introduction {
  readonly kind: 'introduction';
  readonly time: EventTime;
  readonly names: Names;
  readonly customer: StripeCustomer;
  readonly evidence: ReferralEvidence;
}

/** Two names of one sale, such as an invoice and what paid it. */
interface Link {
  readonly kind: 'link';
  readonly names: Names;
}

/** All that was refunded of one charge so far. */
export interface Refund {
  readonly kind: 'refund';
  readonly time: EventTime;
  readonly names: Names;
  readonly chargeId: string;
  readonly refundedTotal: number;
  readonly currency: string;
}

/** A customer's bank took a payment back, or decided about it. */
export interface Chargeback {
  readonly kind: 'chargeback';
  readonly time: EventTime;
  readonly names: Names;
  /** Stripe's id of the dispute. */
  readonly chargebackKey: string;
  readonly amount: number;
  readonly currency: string;
  readonly outcome: ChargebackOutcome;
}

/** What names a sale, or tells more of its names. */
export type NamingStatement = Sale | Introduction | Link;

/** What takes money of a sale back that other webhooks name. */
export type TakingStatement = Refund | Chargeback;

/** The text that customers type for one of Stripe's promotion codes, which sales name by its id. */
export interface Promotion {
  readonly kind: 'promotion';
  readonly promotionId: string;
  readonly code: string;
}

/** What one webhook of Stripe says about sales, before aliases tell which order it is. */
export type StripeStatement = NamingStatement | TakingStatement | Promotion;
