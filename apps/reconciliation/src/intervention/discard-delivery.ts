import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { idempotent } from '#http';
import { Clock } from '#kernel';
import type { DeliveryKey } from '../delivery/delivery-key.js';
import { DISCARDED } from '../delivery/delivery-state.js';
import { lockDelivery } from '../delivery/lock-delivery.js';
import { outcomeOf } from './intervention.js';
import type { Operation } from './operation.js';
import { type InterventionReceipt, recordIntervention } from './record-intervention.js';

/** Sets a dead letter aside. It stays visible as ignored, with its failure, and can be replayed later. */
@Injectable()
export class DiscardDelivery {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  execute(key: DeliveryKey, operation: Operation): Promise<InterventionReceipt> {
    return idempotent(this.database, companyScope(key.companyId), operation.request, async (tx) => {
      const before = await lockDelivery(tx, key);
      const outcome = outcomeOf('discard', before);
      if (outcome === 'applied') {
        await tx.query(
          `update bus.delivery set state = 'ignored', reason = $4, wait_key = null
            where company_id = $1 and event_id = $2 and consumer = $3`,
          [key.companyId, key.eventId, key.consumer, DISCARDED],
        );
      }
      return recordIntervention(tx, key, before, {
        action: 'discard',
        outcome,
        operation,
        at: this.clock.now(),
      });
    });
  }
}
