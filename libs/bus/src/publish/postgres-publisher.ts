import { type EventType, type Service, TOPOLOGY } from '#contracts';
import type { Transaction } from '#database';
import { type Id, newId } from '#kernel';
import { type NewEvent, Publisher } from '../publisher.js';
import { publishedFrom } from './published-from.js';

/** Told, after a commit, which consumers have something to do; it must not throw. */
export interface Waker {
  wake(consumer: Service, types: readonly EventType[]): void;
}

/** One set-based statement in the caller's transaction, and a wake-up once it is durable. */
export class PostgresPublisher extends Publisher {
  constructor(private readonly waker: Waker) {
    super();
  }

  override async publish(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    await tx.query(PUBLISH, [JSON.stringify(events.map(eventRow))]);
    const types = new Set(events.map((event) => event.type));
    tx.afterCommit(() => this.announce(types));
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

  override announce(types: ReadonlySet<EventType>): void {
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

const PUBLISH = `
  with event as (
    select * from json_to_recordset($1::json) as e (company_id uuid, event_id uuid, type text,
      occurred_at timestamptz, correlation_id uuid, causation_id uuid, data jsonb)
  ), ${publishedFrom('event')}
  select`;
