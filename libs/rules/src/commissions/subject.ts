import type { FulfilmentPolicy } from '#contracts';
import type { Currency } from '#kernel';

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
  readonly fulfilmentPolicy: FulfilmentPolicy;
  /** The earliest fulfilment known. */
  readonly fulfilledAt: Date | null;
  /** All refunds so far, from 0 to `amount`. */
  readonly refunded: bigint;
}

export interface SignupFacts {
  readonly kind: 'signup';
  readonly occurredAt: Date;
}

/** What a commission can be about. */
export type SubjectFacts = OrderFacts | SignupFacts;

/** What is known of the customer; offers count their months from one of these. */
export interface CustomerFacts {
  readonly signedUpAt: Date | null;
  readonly firstPaidAt: Date | null;
}

/** All refunds of an order: single ones add up, of snapshots the largest counts, never above the amount. */
export function totalRefunded(amount: bigint, singles: bigint, largestSnapshot: bigint): bigint {
  const known = singles > largestSnapshot ? singles : largestSnapshot;
  return known > amount ? amount : known;
}
