import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { idempotent } from '#http';
import { Clock } from '#kernel';
import type { DeliveryKey } from '../delivery/delivery-key.js';
import { lockDelivery } from '../delivery/lock-delivery.js';
import { outcomeOf } from './intervention.js';
import type { Operation } from './operation.js';
import { type InterventionReceipt, recordIntervention } from './record-intervention.js';

/**
 * Makes exactly one dead (or ignored) delivery ready again, with fresh attempts: other consumers of the
 * event hear nothing. A delivery that is done stays done, and the answer says so.
 */
@Injectable()
export class ReplayDelivery {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  execute(key: DeliveryKey, operation: Operation): Promise<InterventionReceipt> {
    return idempotent(this.database, companyScope(key.companyId), operation.request, async (tx) => {
      const before = await lockDelivery(tx, key);
      const outcome = outcomeOf('replay', before);
      if (outcome === 'applied') {
        await tx.query(
          `update bus.delivery
              set state = 'ready', attempts = 0, generation = 1, due_at = now(), lease_until = null,
                  batch_id = null, wait_key = null, deadline_at = null, reason = null, error = null,
                  finished_at = null
            where company_id = $1 and event_id = $2 and consumer = $3`,
          [key.companyId, key.eventId, key.consumer],
        );
      }
      return recordIntervention(tx, key, before, {
        action: 'replay',
        outcome,
        operation,
        at: this.clock.now(),
      });
    });
  }
}
