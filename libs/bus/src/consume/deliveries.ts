import type { EventMap, EventType, Service } from '#contracts';
import type { Transaction } from '#database';
import type { Id } from '#kernel';
import type { Delivery } from '../delivery.js';
import type { Outcome } from '../outcome.js';
import type { Batch } from '../queues/batch-job.js';

interface TakenRow {
  readonly company_id: Id<'Company'>;
  readonly event_id: Id<'Event'>;
  readonly attempts: number;
  readonly occurred_ms: number;
  readonly correlation_id: Id<'Event'>;
  readonly data: EventMap[EventType];
}

/**
 * Takes the batch's deliveries: locks those still sent, marks them done and reads their events. All of it
 * is in the handler's transaction, so they are done only if their effects commit; a row that another
 * worker holds is left to it. (Rows found and locked in one statement are updated by `ctid`: the planner may
 * otherwise prefer row-level security's company condition to the key while a table is young.)
 *
 * @param only the events to take, or null for all of the batch
 */
export async function takeDeliveries(
  tx: Transaction,
  consumer: Service,
  batch: Batch,
  only: readonly Id<'Event'>[] | null,
): Promise<Delivery<EventType>[]> {
  const rows = await tx.query<TakenRow>(
    `with taken as (
       select ctid from bus.delivery
        where consumer = $1 and batch_id = $2 and state = 'sent' and event_type = $3
          and ($4::uuid[] is null or event_id = any($4))
        for update skip locked
     ), done as (
       update bus.delivery d set state = 'done', finished_at = now(), lease_until = null, reason = null
         from taken t
        where d.ctid = t.ctid
        returning d.company_id, d.event_id, d.attempts
     )
     select d.company_id, d.event_id, d.attempts, e.correlation_id, coalesce(r.data, e.data) as data,
            (extract(epoch from e.occurred_at) * 1000)::float8 as occurred_ms
       from done d
       join bus.event e on e.company_id = d.company_id and e.event_id = d.event_id
       left join lateral (
         select v.data from bus.event_revision v
          where v.company_id = d.company_id and v.event_id = d.event_id
          order by v.revision desc limit 1
       ) r on true
      order by e.occurred_at, d.event_id`,
    [consumer, batch.batchId, batch.eventType, only],
  );
  return rows.map((row) => ({
    eventId: row.event_id,
    companyId: row.company_id,
    type: batch.eventType,
    occurredAt: new Date(row.occurred_ms),
    correlationId: row.correlation_id,
    attempts: row.attempts,
    data: row.data,
  }));
}

/**
 * Writes every outcome that is not "done", in one statement. What waits is looked at again ever more seldom
 * (after 2 s, 6 s, 18 s … each time a little earlier or later), in case its wake-up was missed: thousands
 * that wait must not keep the workers from what can be done.
 *
 * @param now the application's time, by which deadlines are judged
 */
export async function writeOutcomes(
  tx: Transaction,
  consumer: Service,
  deliveries: readonly Delivery<EventType>[],
  outcomes: readonly Outcome[],
  now: Date,
): Promise<void> {
  const rows = deliveries.flatMap((delivery, index) => {
    const outcome = outcomes[index];
    if (!outcome || outcome.kind === 'done') return [];
    return [{ company_id: delivery.companyId, event_id: delivery.eventId, ...columnsOf(outcome, now) }];
  });
  if (rows.length === 0) return;
  await tx.query(
    `update bus.delivery d
        set state = o.state, reason = o.reason, wait_key = o.wait_key, deadline_at = o.deadline_at,
            error = o.error, attempts = d.attempts + o.failed,
            finished_at = case when o.state = 'parked' then null else now() end,
            due_at = case when o.state <> 'parked' then d.due_at else now() + (0.75 + random() / 2) *
                     greatest(interval '2 seconds', least(2 * (now() - d.created_at), interval '5 minutes')) end
       from json_to_recordset($2::json) as o(company_id uuid, event_id uuid, state text, reason text,
            wait_key text, deadline_at timestamptz, error jsonb, failed int)
      where d.company_id = o.company_id and d.event_id = o.event_id and d.consumer = $1`,
    [consumer, JSON.stringify(rows)],
  );
}

function columnsOf(outcome: Exclude<Outcome, { kind: 'done' }>, now: Date) {
  switch (outcome.kind) {
    case 'wait':
      return {
        state: outcome.deadline > now ? 'parked' : 'ignored',
        reason: outcome.reason,
        wait_key: outcome.waitFor,
        deadline_at: outcome.deadline.toISOString(),
        failed: 0,
      };
    case 'ignored':
      return { state: 'ignored', reason: outcome.reason, wait_key: outcome.waitFor ?? null, failed: 0 };
    case 'permanent':
      return {
        state: 'dead',
        reason: outcome.code,
        error: { code: outcome.code, class: 'Permanent', message: outcome.message, stack: null },
        failed: 1,
      };
  }
}
