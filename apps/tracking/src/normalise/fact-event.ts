import type { NewEvent } from '#bus';
import type { FactOrigin } from '#contracts';
import type { Fact } from '../adapters/reading.js';
import { policyAt, type StoredRequest } from './stored-request.js';

/** A fact as an event: with its origin, its cause, and for an order the fulfilment policy in force then. */
export function factEvent(fact: Fact, { delivery, rules }: StoredRequest): NewEvent {
  const origin: FactOrigin = {
    integrationId: delivery.data.integrationId,
    requestId: delivery.data.requestId,
    ...(fact.isFromFuture ? { isFromFuture: true } : {}),
  };
  const envelope = {
    companyId: delivery.companyId,
    occurredAt: fact.occurredAt,
    cause: { eventId: delivery.eventId, correlationId: delivery.correlationId },
  };
  if (fact.type !== 'order.placed') {
    return { ...envelope, type: fact.type, data: { ...origin, ...fact.data } };
  }
  const fulfilmentPolicy = policyAt(rules, fact.occurredAt);
  return { ...envelope, type: fact.type, data: { ...origin, ...fact.data, fulfilmentPolicy } };
}
