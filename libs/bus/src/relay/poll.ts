import { eventsConsumedBy, type EventType, type Service } from '#contracts';
import type { Database } from '#database';

/** What is ready and due for these consumers, whether or not anybody said so. */
export async function findDue(
  database: Database,
  consumers: readonly Service[],
): Promise<{ readonly consumer: Service; readonly event_type: EventType }[]> {
  const pairs = consumers.flatMap((consumer) =>
    eventsConsumedBy(consumer).map((type) => ({ consumer, type })),
  );
  return database.transaction({ companies: [] }, (tx) =>
    tx.query(
      `select p.consumer, p.event_type from unnest($1::text[], $2::text[]) as p (consumer, event_type)
        where exists (select from bus.delivery d where d.consumer = p.consumer
          and d.event_type = p.event_type and d.state = 'ready' and d.due_at <= now())`,
      [pairs.map((pair) => pair.consumer), pairs.map((pair) => pair.type)],
    ),
  );
}
