import { type EventType, type Service, TOPOLOGY } from '#contracts';
import { insertRows, type Transaction } from '#database';
import { type Id, newId } from '#kernel';
import { type NewEvent, Publisher } from '../publisher.js';

const EVENT_COLUMNS = {
  company_id: 'uuid',
  event_id: 'uuid',
  type: 'text',
  occurred_at: 'timestamptz',
  correlation_id: 'uuid',
  causation_id: 'uuid',
  data: 'jsonb',
};

const DELIVERY_COLUMNS = { company_id: 'uuid', event_id: 'uuid', consumer: 'text', event_type: 'text' };

/** Told, after a commit, which consumers have something to do; it must not throw. */
export interface Waker {
  wake(consumer: Service, types: readonly EventType[]): void;
}

/** Two set-based inserts in the caller's transaction, and a wake-up once it is durable. */
export class PostgresPublisher extends Publisher {
  constructor(private readonly waker: Waker) {
    super();
  }

  override async publish(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const rows = events.map(eventRow);
    const deliveries = rows.flatMap((row) =>
      TOPOLOGY[row.type].consumers.map((consumer) => ({
        company_id: row.company_id,
        event_id: row.event_id,
        consumer,
        event_type: row.type,
      })),
    );
    await insertRows(tx, 'bus.event', EVENT_COLUMNS, rows);
    await insertRows(tx, 'bus.delivery', DELIVERY_COLUMNS, deliveries);
    const types = new Set(events.map((event) => event.type));
    tx.afterCommit(() => this.#wakeConsumersOf(types));
  }

  override async wake(
    tx: Transaction,
    consumer: Service,
    companyId: Id<'Company'>,
    keys: readonly string[],
  ): Promise<void> {
    if (keys.length === 0) return;
    const woken = await tx.query<{ event_type: EventType }>(
      `update bus.delivery
          set state = 'ready', due_at = now(), batch_id = null, lease_until = null, finished_at = null
        where company_id = $1 and consumer = $2 and wait_key = any($3) and state in ('parked', 'ignored')
        returning event_type`,
      [companyId, consumer, [...keys]],
    );
    const types = [...new Set(woken.map((row) => row.event_type))];
    if (types.length > 0) tx.afterCommit(() => this.waker.wake(consumer, types));
  }

  #wakeConsumersOf(types: ReadonlySet<EventType>): void {
    const typesOf = new Map<Service, EventType[]>();
    for (const type of types) {
      for (const consumer of TOPOLOGY[type].consumers) {
        typesOf.set(consumer, [...(typesOf.get(consumer) ?? []), type]);
      }
    }
    for (const [consumer, wanted] of typesOf) this.waker.wake(consumer, wanted);
  }
}

function eventRow(event: NewEvent) {
  const eventId = event.eventId ?? newId('Event');
  return {
    company_id: event.companyId,
    event_id: eventId,
    type: event.type,
    occurred_at: event.occurredAt.toISOString(),
    correlation_id: event.cause?.correlationId ?? eventId,
    causation_id: event.cause?.eventId ?? null,
    data: event.data,
  };
}
