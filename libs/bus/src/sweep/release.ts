import type { EventType, Service } from '#contracts';
import type { Transaction } from '#database';

/** A delivery that was under way in so many crashes is the likely cause. */
const GENERATIONS = 10;

const CRASHES_WORKER = JSON.stringify({
  code: 'CRASHES_WORKER',
  class: 'CrashesWorker',
  message: `Each of ${GENERATIONS} workers that held this delivery died or hung.`,
  stack: null,
});

/**
 * Makes the deliveries of lost batches ready again, except those that a running worker holds.
 *
 * `crashed`: a worker died or hung with them, and one of them may be why. Each counts one generation more,
 * from then on runs alone, and starts after a random wait so that the guilty one does not take the same
 * neighbours down again. `lost`: the queue forgot the batch; this counts as a crash only when the lease
 * was over too.
 *
 * @returns what is ready now
 */
export async function releaseBatches(
  tx: Transaction,
  consumer: Service,
  batchIds: readonly string[],
  why: 'crashed' | 'lost',
  spreadMs: number,
): Promise<EventType[]> {
  const rows = await tx.query<{ event_type: EventType }>(
    `with held as (
       select ctid, (case when $3 = 'crashed' or lease_until < now() then 1 else 0 end) as blame
         from bus.delivery
        where consumer = $1 and batch_id = any($2::uuid[]) and state = 'sent'
        for update skip locked
     ), released as (
       update bus.delivery d
          set generation = d.generation + h.blame, batch_id = null, lease_until = null,
              state = case when d.generation + h.blame >= $4 then 'dead' else 'ready' end,
              reason = case when d.generation + h.blame >= $4 then 'CRASHES_WORKER' end,
              error = case when d.generation + h.blame >= $4 then $5::jsonb end,
              finished_at = case when d.generation + h.blame >= $4 then now() end,
              due_at = now() + h.blame * random() * $6 * interval '1 millisecond'
         from held h
        where d.ctid = h.ctid
        returning d.event_type
     ) select distinct event_type from released`,
    [consumer, [...batchIds], why, GENERATIONS, CRASHES_WORKER, spreadMs],
  );
  return rows.map((row) => row.event_type);
}
