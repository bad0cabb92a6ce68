import { BaseRpcContext } from '@nestjs/microservices';
import type { EventMap, EventType, Service } from '#contracts';
import type { Transaction } from '#database';
import type { Id } from '#kernel';

/** One event on its way to one consumer, as a handler receives it (in a batch of one event type). */
export interface Delivery<T extends EventType> {
  readonly eventId: Id<'Event'>;
  readonly companyId: Id<'Company'>;
  readonly type: T;
  /** The event's own time at its source: what attribution and offers are judged by. */
  readonly occurredAt: Date;
  readonly correlationId: Id<'Event'>;
  /** How often a handler has failed on it before. */
  readonly attempts: number;
  /** The newest revision of the event's data. */
  readonly data: EventMap[T];
}

/** The rest of what a handler gets: the batch's one transaction, scoped to the companies in it. */
export class BatchContext extends BaseRpcContext<[Transaction, Service]> {
  get tx(): Transaction {
    return this.getArgByIndex(0);
  }

  get consumer(): Service {
    return this.getArgByIndex(1);
  }
}
