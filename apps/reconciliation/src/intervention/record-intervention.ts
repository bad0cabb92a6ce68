import type { Transaction } from '#database';
import { type Id, newId } from '#kernel';
import type { DeliveryKey } from '../delivery/delivery-key.js';
import type { LockedDelivery } from '../delivery/lock-delivery.js';
import type { Operation } from './operation.js';
import type { InterventionAction, InterventionOutcome } from './intervention.js';

export interface NewIntervention {
  readonly action: InterventionAction;
  readonly outcome: InterventionOutcome;
  readonly operation: Operation;
  readonly at: Date;
}

/** What the operator is told. */
export interface InterventionReceipt {
  readonly interventionId: Id<'Intervention'>;
  readonly outcome: InterventionOutcome;
}

/** Writes down who did what to a delivery, with the failure it had until then. */
export async function recordIntervention(
  tx: Transaction,
  key: DeliveryKey,
  before: LockedDelivery,
  made: NewIntervention,
): Promise<InterventionReceipt> {
  const interventionId = newId('Intervention');
  await tx.query(
    `insert into reconciliation.intervention (company_id, intervention_id, event_id, consumer, action,
       outcome, revision, reason, actor, state_before, failure_before, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      key.companyId,
      interventionId,
      key.eventId,
      key.consumer,
      made.action,
      made.outcome,
      before.revision,
      made.operation.reason,
      made.operation.actor,
      before.state,
      before.failure && JSON.stringify(before.failure),
      made.at,
    ],
  );
  return { interventionId, outcome: made.outcome };
}
