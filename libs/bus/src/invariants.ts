import { type EventType, TOPOLOGY } from '#contracts';
import type { Invariant } from '#database';

const subscriptions = (Object.keys(TOPOLOGY) as EventType[])
  .flatMap((type) => TOPOLOGY[type].consumers.map((consumer) => `('${type}', '${consumer}')`))
  .join(', ');

/** I2 of docs/architecture.md: every event reaches every consumer, and no delivery is stuck. */
export const BUS_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I2.delivered',
    description: 'Every event has a delivery for each of its consumers',
    sql: `select e.company_id, e.event_id, e.type, s.consumer
            from bus.event e join (values ${subscriptions}) as s (type, consumer) on s.type = e.type
           where not exists (select from bus.delivery d where d.company_id = e.company_id
             and d.event_id = e.event_id and d.consumer = s.consumer)`,
  },
  {
    id: 'I2.ready',
    description: 'No delivery has been due for more than 5 minutes without being taken',
    sql: `select company_id, event_id, consumer, event_type, due_at from bus.delivery
           where state = 'ready' and due_at < now() - interval '5 minutes'`,
  },
  {
    id: 'I2.sent',
    description: 'No delivery is 2 minutes past the lease of the worker that has it',
    sql: `select company_id, event_id, consumer, event_type, lease_until, generation from bus.delivery
           where state = 'sent' and (lease_until is null or lease_until < now() - interval '2 minutes')`,
  },
  {
    id: 'I2.parked',
    description: 'No delivery waits 2 minutes past its deadline',
    sql: `select company_id, event_id, consumer, event_type, reason, deadline_at from bus.delivery
           where state = 'parked' and (deadline_at is null or deadline_at
             < current_setting('fairlead.now')::timestamptz - interval '2 minutes')`,
  },
  {
    id: 'I2.explained',
    description: 'Every dead letter has an error code, every ignored delivery a reason',
    sql: `select company_id, event_id, consumer, event_type, state from bus.delivery
           where (state = 'dead' and error->>'code' is null) or (state = 'ignored' and reason is null)`,
  },
];
