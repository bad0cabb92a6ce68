import { type NewEvent, Publisher } from '#bus';
import { insertRows, type Transaction } from '#database';
import { newId } from '#kernel';

/** Stands for the bus until it lands. */
export class StoringPublisher extends Publisher {
  override async publish(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
    await insertRows(
      tx,
      'bus.event',
      {
        company_id: 'uuid',
        event_id: 'uuid',
        type: 'text',
        occurred_at: 'timestamptz',
        correlation_id: 'uuid',
        data: 'jsonb',
      },
      events.map((event) => ({
        company_id: event.companyId,
        event_id: newId('Event'),
        type: event.type,
        occurred_at: event.occurredAt,
        correlation_id: event.cause?.correlationId,
        data: event.data,
      })),
    );
  }
  override async wake(): Promise<void> {}
}
