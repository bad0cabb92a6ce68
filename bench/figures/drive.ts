import { Client } from 'pg';
import { makeOrders, storeClicks, storeWebhooks } from '../orders.js';
import type { RunningInstallation } from '../running.js';

/** Orders stored in one statement; more would be one very long parameter. */
const CHUNK = 1_000;

/**
 * Stores `count` orders at once and waits until each has its ledger posting and its notice.
 *
 * @returns orders per second, from the first delivery finished to the last notice
 */
export async function driveOrders(running: RunningInstallation, count: number): Promise<number> {
  const database = new Client({ connectionString: running.adminUrl });
  await database.connect();
  try {
    const before = await finishedOrders(database);
    await storeOrders(database, running, count);
    const { rows } = await database.query<{ at: Date }>('select clock_timestamp() as at');
    const begun = rows[0]?.at ?? new Date();
    await untilFinished(database, before + count);
    return count / (await secondsSince(database, begun));
  } finally {
    await database.end();
  }
}

/** All of it becomes visible at one moment: a backlog to work off. */
export async function storeOrders(
  database: Client,
  running: RunningInstallation,
  count: number,
): Promise<void> {
  const at = new Date();
  await database.query('begin');
  for (let stored = 0; stored < count; stored += CHUNK) {
    const orders = makeOrders(running.world, Math.min(CHUNK, count - stored), at);
    await storeClicks(database, orders, at);
    await storeWebhooks(database, orders, at);
  }
  await database.query('commit');
}

/** Orders whose commission is posted and whose partner has the notice. */
export async function finishedOrders(database: Client): Promise<number> {
  const { rows } = await database.query<{ count: string }>('select count(*) from messaging.notice');
  return Number(rows[0]?.count ?? 0);
}

/** Asked for seldom: counting a large table every moment would be part of the load. */
const ASK_EVERY_MS = 200;

/** Resolves soon after so many orders are finished. */
export async function untilFinished(database: Client, count: number): Promise<void> {
  const giveUpAt = performance.now() + 900_000;
  while ((await finishedOrders(database)) < count) {
    if (performance.now() > giveUpAt) throw new Error(`${count} orders were not finished within 15 minutes`);
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

async function secondsSince(database: Client, begun: Date): Promise<number> {
  const { rows } = await database.query<{ seconds: string }>(
    `select extract(epoch from max(finished_at) - min(finished_at)) as seconds
       from bus.delivery where finished_at >= $1`,
    [begun],
  );
  return Number(rows[0]?.seconds ?? Number.NaN);
}
