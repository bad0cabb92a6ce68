import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Transaction } from '#database';
import { NotFound } from '#kernel';
import type { DeliveryKey } from '../delivery/delivery-key.js';
import type { DeliveryState, Failure } from '../delivery/delivery-state.js';
import { type RawWebhook, readRawWebhook } from '../delivery/read-raw-webhook.js';
import { type Intervention, type InterventionResult, resultsOf } from '../intervention/intervention.js';
import type { JsonObject } from '../revision/revised-data.js';

/** All there is to know about one delivery; it stays readable here after it was replayed or discarded. */
export interface DeadLetter {
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly eventType: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly finishedAt: string | null;
  readonly correlationId: string;
  readonly attempts: number;
  readonly failure: Failure | null;
  /** Newest revision of the data, and the data a replay would hand to the consumer. */
  readonly revision: number;
  readonly data: JsonObject;
  readonly webhook: RawWebhook | null;
  /** Oldest first. */
  readonly interventions: readonly (Intervention & { readonly result: InterventionResult })[];
}

type DeliveryRow = Omit<DeadLetter, 'webhook' | 'interventions'>;

@Injectable()
export class ReadDeadLetter {
  constructor(private readonly database: Database) {}

  /** @throws NotFound */
  execute(key: DeliveryKey): Promise<DeadLetter> {
    return this.database.transaction(companyScope(key.companyId), async (tx) => {
      const [delivery] = await tx.query<DeliveryRow>(DELIVERY, [key.companyId, key.eventId, key.consumer]);
      if (!delivery) throw new NotFound('delivery');
      const history = await interventionsIn(tx, key);
      const results = resultsOf(history, delivery);
      return {
        ...delivery,
        webhook: await readRawWebhook(tx, key.companyId, delivery.eventType, delivery.data),
        interventions: history.map((intervention, index) => ({
          ...intervention,
          result: results[index] ?? delivery,
        })),
      };
    });
  }
}

const DELIVERY = `
  select d.state, d.reason, d.event_type as "eventType", e.occurred_at as "occurredAt",
         e.recorded_at as "recordedAt", d.finished_at as "finishedAt", e.correlation_id as "correlationId",
         d.attempts, d.error as failure, coalesce(r.revision, 0) as revision, coalesce(r.data, e.data) as data
    from bus.delivery d
    join bus.event e using (company_id, event_id)
    left join lateral (
      select revision, data from bus.event_revision
       where company_id = d.company_id and event_id = d.event_id order by revision desc limit 1
    ) r on true
   where d.company_id = $1 and d.event_id = $2 and d.consumer = $3`;

function interventionsIn(tx: Transaction, key: DeliveryKey): Promise<Intervention[]> {
  return tx.query<Intervention>(
    `select intervention_id as "interventionId", action, outcome, revision, reason, actor,
            created_at as "createdAt", state_before as "stateBefore", failure_before as "failureBefore"
       from reconciliation.intervention
      where company_id = $1 and event_id = $2 and consumer = $3 order by intervention_id`,
    [key.companyId, key.eventId, key.consumer],
  );
}
