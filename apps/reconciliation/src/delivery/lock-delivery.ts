import type { Transaction } from '#database';
import { NotFound } from '#kernel';
import type { DeliveryKey } from './delivery-key.js';
import type { DeliveryState, Failure } from './delivery-state.js';

/** A delivery that nobody else can change until the transaction ends. */
export interface LockedDelivery {
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly failure: Failure | null;
  /** Newest revision of the event's data; 0 is the original. */
  readonly revision: number;
}

/**
 * Locks every delivery of the event in a stable order: two operators at work on one event take turns.
 * @throws NotFound
 */
export async function lockDelivery(tx: Transaction, key: DeliveryKey): Promise<LockedDelivery> {
  const deliveries = await tx.query<Omit<LockedDelivery, 'revision'> & { consumer: string }>(
    `select consumer, state, reason, error as failure from bus.delivery
      where company_id = $1 and event_id = $2 order by consumer for update`,
    [key.companyId, key.eventId],
  );
  const delivery = deliveries.find((row) => row.consumer === key.consumer);
  if (!delivery) throw new NotFound('delivery');
  const [newest] = await tx.query<{ revision: number }>(
    `select coalesce(max(revision), 0) as revision from bus.event_revision
      where company_id = $1 and event_id = $2`,
    [key.companyId, key.eventId],
  );
  return { ...delivery, revision: newest?.revision ?? 0 };
}
