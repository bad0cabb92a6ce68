import type { EventMap, EventType, Service } from '#contracts';
import type { Transaction } from '#database';
import type { Id } from '#kernel';

/** An event to publish. Its id may be given where it must be derived; else a fresh one is made. */
export interface NewEvent<T extends EventType = EventType> {
  readonly type: T;
  readonly companyId: Id<'Company'>;
  readonly occurredAt: Date;
  readonly data: EventMap[T];
  readonly eventId?: Id<'Event'>;
  /** The event that led to this one: carries correlation and causation on. */
  readonly cause?: { readonly eventId: Id<'Event'>; readonly correlationId: Id<'Event'> };
}

/** Publishes events inside the transaction of the change they report: both commit, or neither. */
export abstract class Publisher {
  /** Writes events and one delivery per consumer in set-based statements; wakes the relay after commit. */
  abstract publish(tx: Transaction, events: readonly NewEvent[]): Promise<void>;

  /** Wakes the consumers of events that a statement with `publishedFrom` has committed. It does not throw. */
  abstract announce(types: ReadonlySet<EventType>): void;

  /** Makes deliveries ready again that wait (or were ignored) for any of `keys` at this consumer. */
  abstract wake(
    tx: Transaction,
    consumer: Service,
    companyId: Id<'Company'>,
    keys: readonly string[],
  ): Promise<void>;
}
