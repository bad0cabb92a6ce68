import type { Service } from '#contracts';
import type { Database } from '#database';

/** What waits at one consumer, for readiness, metrics and alarms. */
export interface ConsumerHealth {
  readonly consumer: Service;
  readonly ready: number;
  /** Age of the oldest delivery that is due and not yet taken, in seconds; 0 when there is none. */
  readonly oldestReadySeconds: number;
  readonly sent: number;
  readonly parked: number;
  /** Dead letters that nobody has mended or discarded. */
  readonly dead: number;
}

interface HealthRow {
  readonly consumer: Service;
  readonly state: 'ready' | 'sent' | 'parked' | 'dead';
  readonly count: number;
  readonly oldest: number;
}

/** Counts by consumer, each from a partial index; consumers with nothing to show are left out. */
export async function busHealth(database: Database): Promise<ConsumerHealth[]> {
  const rows = await database.as('bus').transaction({ companies: [] }, (tx) => tx.query<HealthRow>(HEALTH));
  const of = (consumer: Service, state: HealthRow['state']) =>
    rows.find((row) => row.consumer === consumer && row.state === state);
  return [...new Set(rows.map((row) => row.consumer))].map((consumer) => ({
    consumer,
    ready: of(consumer, 'ready')?.count ?? 0,
    oldestReadySeconds: of(consumer, 'ready')?.oldest ?? 0,
    sent: of(consumer, 'sent')?.count ?? 0,
    parked: of(consumer, 'parked')?.count ?? 0,
    dead: of(consumer, 'dead')?.count ?? 0,
  }));
}

const HEALTH = ['ready', 'sent', 'parked', 'dead']
  .map(
    (state) => `
  select consumer, '${state}' as state, count(*)::int as count,
         greatest(0, extract(epoch from now() - min(due_at)))::float8 as oldest
    from bus.delivery where state = '${state}' group by consumer`,
  )
  .join(' union all ');
