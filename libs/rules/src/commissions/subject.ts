import type { FulfilmentPolicy } from '#contracts';
import type { Currency, Money } from '#kernel';

/** One position of an order: what was paid for it without tax and shipping, minor units. */
export interface OrderLine {
  readonly lineKey: string;
  readonly productKey: string | null;
  readonly categoryKey: string | null;
  readonly amount: bigint;
}

/** All facts known of an order. Amounts are minor units of `currency`. */
export interface OrderFacts {
  readonly kind: 'order';
  /** When it was placed: offers are judged by this time. */
  readonly occurredAt: Date;
  readonly amount: bigint;
  /** Parts of `amount`. */
  readonly tax: bigint;
  readonly shipping: bigint;
  readonly currency: Currency;
  /** Empty when the platform sends none. */
  readonly lines: readonly OrderLine[];
  readonly fulfilmentPolicy: FulfilmentPolicy;
  /** The earliest fulfilment known, of all or a part. */
  readonly fulfilledAt: Date | null;
  /** When nothing was left to fulfil; null before. */
  readonly completedAt: Date | null;
  /** Keys of the lines fulfilled so far, as far as fulfilments named lines. */
  readonly fulfilledLines: ReadonlySet<string>;
  readonly cancelledAt: Date | null;
  /** All refunds and chargebacks so far, from 0 to `amount`. */
  readonly refunded: bigint;
  /** What chargebacks took that are open or lost: why there is more in `refunded` than refunds. */
  readonly chargedBack: bigint;
}

/**
 * Whether a cancellation leaves nothing of an order: only where nothing had to be shipped for it. What was
 * fulfilled all the same is the customer's; if it comes back, a refund says so.
 */
export function isCancelled(order: OrderFacts): boolean {
  const earnedAt = order.fulfilmentPolicy === 'complete' ? order.completedAt : order.fulfilledAt;
  return order.cancelledAt !== null && earnedAt === null;
}

export interface SignupFacts {
  readonly kind: 'signup';
  readonly occurredAt: Date;
}

/** A lead or deal that was won. */
export interface ReferralFacts {
  readonly kind: 'lead' | 'deal';
  /** When it was closed as won. */
  readonly occurredAt: Date;
  /** What it is worth, if the company said so. */
  readonly worth: Money | null;
}

/** Something a customer did that the company gave a name. */
export interface ActionFacts {
  readonly kind: 'action';
  readonly occurredAt: Date;
  readonly action: string;
}

export type SubjectFacts = OrderFacts | SignupFacts | ReferralFacts | ActionFacts;

/** What is known of the customer; offers count their months from one of these. */
export interface CustomerFacts {
  readonly signedUpAt: Date | null;
  readonly firstPaidAt: Date | null;
}

/** What a subject is worth, before refunds; null when it has no amount. */
export function worthOf(subject: SubjectFacts): Money | null {
  if (subject.kind === 'order') return { amount: subject.amount, currency: subject.currency };
  return subject.kind === 'lead' || subject.kind === 'deal' ? subject.worth : null;
}

/** All refunds of an order: single ones add up, of snapshots the largest counts, never above the amount. */
export function totalRefunded(amount: bigint, singles: bigint, largestSnapshot: bigint): bigint {
  const known = singles > largestSnapshot ? singles : largestSnapshot;
  return known > amount ? amount : known;
}
