import type { EventMap } from '#contracts';
import type { FieldError } from '#kernel';

type FactType =
  | 'customer.signed_up'
  | 'order.placed'
  | 'order.fulfilled'
  | 'order.refunded'
  | 'order.cancelled'
  | 'order.charged_back'
  | 'action.performed';

/** What the normaliser knows better than an adapter: where the fact came from and the policy in force. */
type AddedLater = 'integrationId' | 'requestId' | 'isFromFuture' | 'fulfilmentPolicy';

/** One thing that happened at the company, in our terms. */
export type Fact = {
  [T in FactType]: {
    readonly type: T;
    readonly occurredAt: Date;
    readonly isFromFuture: boolean;
    readonly data: Omit<EventMap[T], AddedLater>;
  };
}[FactType];

/** Why a signed body cannot be read, told so that a person can mend it. */
export interface ReadingFailure {
  readonly code:
    | 'INVALID_UTF8'
    | 'INVALID_JSON'
    | 'NESTED_TOO_DEEP'
    | 'FIELD_MISSING'
    | 'FIELD_INVALID'
    | 'AMOUNT_INVALID'
    | 'CURRENCY_UNKNOWN'
    | 'TIME_INVALID';
  readonly message: string;
  /** Dotted path in the body; null when it is the body as a whole. */
  readonly field: string | null;
}

/** Nothing to post, and why: stored and visible, without effect. */
export type IgnoredReason =
  | 'UNSUPPORTED_TYPE'
  | 'TEST_MODE'
  | 'NOTHING_PAID'
  | 'PAYMENT_PENDING'
  | 'NOTHING_WITHDRAWN'
  | 'SUBSCRIPTION_ENDED';

/** Thrown inside an adapter, where a field is read; `attempt` turns it into a result at its border. */
export class Unreadable extends Error {
  constructor(readonly failure: ReadingFailure) {
    super(failure.message);
    this.name = 'Unreadable';
  }
}

export const unreadableField = (code: ReadingFailure['code'], { field, message }: FieldError): Unreadable =>
  new Unreadable({ code, field, message: `${field} ${message}.` });

export type Reading<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason }
  | { readonly kind: 'failed'; readonly failure: ReadingFailure };

/** Runs an adapter; what it finds unreadable becomes a value. */
export function attempt<T>(read: () => Reading<T>): Reading<T> {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'failed', failure: error.failure };
    throw error;
  }
}

export const ignoredReading = (reason: IgnoredReason): Reading<never> => ({ kind: 'ignored', reason });
