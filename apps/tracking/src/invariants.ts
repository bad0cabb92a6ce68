import type { Invariant } from '#database';

/** I1 of docs/architecture.md: a request that was answered 202 is known for ever and on its way. */
export const TRACKING_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I1.known',
    description: 'Every stored webhook body belongs to the request key of its id',
    sql: `select b.company_id, b.request_id, b.integration_id, b.external_id from tracking.raw_body b
           where not exists (select from tracking.request_key k
             where k.company_id = b.company_id and k.integration_id = b.integration_id
               and k.external_id = b.external_id and k.request_id = b.request_id)`,
  },
  {
    id: 'I1.published',
    description: 'Every request key has published its webhook',
    sql: `select k.company_id, k.request_id, k.integration_id, k.external_id from tracking.request_key k
           where not exists (select from bus.event e
             where e.company_id = k.company_id and e.event_id = k.request_id and e.type = 'webhook.received')`,
  },
];
