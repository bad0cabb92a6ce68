import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Transaction } from '#database';
import { idempotent } from '#http';
import { Clock, Conflict } from '#kernel';
import type { DeliveryKey } from '../delivery/delivery-key.js';
import { lockDelivery } from '../delivery/lock-delivery.js';
import type { Operation } from '../intervention/operation.js';
import { type Correction, type JsonObject, revisedData } from './revised-data.js';

/**
 * Adds the next revision of an event's data for a replay to use. The original and every earlier revision
 * stay; the event keeps its id and its time, so it is judged as of when it happened.
 */
@Injectable()
export class ReviseEvent {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the number of the new revision
   * @throws Conflict `delivery.not_stopped` when the delivery is done or under way: a revision would not reach it
   */
  execute(key: DeliveryKey, correction: Correction, operation: Operation): Promise<number> {
    return idempotent(this.database, companyScope(key.companyId), operation.request, async (tx) => {
      const delivery = await lockDelivery(tx, key);
      if (delivery.state !== 'dead' && delivery.state !== 'ignored') {
        throw new Conflict(
          'delivery.not_stopped',
          `The delivery is ${delivery.state}; only a dead or ignored one can be revised and replayed.`,
        );
      }
      const { type, data } = await originalOf(tx, key);
      const revision = delivery.revision + 1;
      await tx.query(
        `insert into bus.event_revision (company_id, event_id, revision, data, reason, actor, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          key.companyId,
          key.eventId,
          revision,
          JSON.stringify(revisedData(type, data, correction)),
          operation.reason,
          operation.actor,
          this.clock.now(),
        ],
      );
      return revision;
    });
  }
}

async function originalOf(tx: Transaction, key: DeliveryKey): Promise<{ type: string; data: JsonObject }> {
  const [event] = await tx.query<{ type: string; data: JsonObject }>(
    'select type, data from bus.event where company_id = $1 and event_id = $2',
    [key.companyId, key.eventId],
  );
  if (!event) throw new Error('a delivery without its event');
  return event;
}
