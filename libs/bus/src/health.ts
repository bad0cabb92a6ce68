import { type Service, SERVICES } from '#contracts';
import type { Database } from '#database';

/** How one consumer is doing, over all tenants: counts and ages only, never a tenant's data. */
export interface ConsumerHealth {
  readonly consumer: Service;
  readonly ready: number;
  /** Age of the oldest delivery that is due and not yet taken, in seconds; 0 when there is none. */
  readonly oldestReadySeconds: number;
  readonly sent: number;
  readonly parked: number;
  /** Parked past their deadline: should be 0 but for seconds. */
  readonly overdue: number;
  /** Dead letters that nobody has mended or discarded. */
  readonly dead: number;
  readonly oldestDeadSeconds: number;
}

/**
 * The state of the whole pipeline, every service in turn.
 * @param now the application's time, by which deadlines are judged
 */
export async function busHealth(database: Database, now: Date): Promise<ConsumerHealth[]> {
  const rows = await database
    .as('bus')
    .transaction({ companies: [] }, (tx) => tx.query<ConsumerHealth>(HEALTH, [now]));
  return SERVICES.map(
    (consumer) => rows.find((row) => row.consumer === consumer) ?? { consumer, ...NOTHING },
  );
}

const NOTHING = {
  ready: 0,
  oldestReadySeconds: 0,
  sent: 0,
  parked: 0,
  overdue: 0,
  dead: 0,
  oldestDeadSeconds: 0,
};

const ageOf = (column: string) => `greatest(0, coalesce(extract(epoch from now() - min(${column})), 0))::int`;

// One branch per state, so that each reads its own small partial index instead of all that was ever done.
const HEALTH = `
  with counted as (
    select consumer, count(*) as ready, ${ageOf('due_at')} as ready_age,
           0 as sent, 0 as parked, 0 as overdue, 0 as dead, 0 as dead_age
      from bus.delivery where state = 'ready' group by consumer
    union all
    select consumer, 0, 0, count(*), 0, 0, 0, 0 from bus.delivery where state = 'sent' group by consumer
    union all
    select consumer, 0, 0, 0, count(*), count(*) filter (where deadline_at < $1::timestamptz), 0, 0
      from bus.delivery where state = 'parked' group by consumer
    union all
    select consumer, 0, 0, 0, 0, 0, count(*), ${ageOf('finished_at')}
      from bus.delivery where state = 'dead' group by consumer
  )
  select consumer, sum(ready)::int as ready, sum(ready_age)::int as "oldestReadySeconds",
         sum(sent)::int as sent, sum(parked)::int as parked, sum(overdue)::int as overdue,
         sum(dead)::int as dead, sum(dead_age)::int as "oldestDeadSeconds"
    from counted group by consumer`;
