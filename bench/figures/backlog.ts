import { Client } from 'pg';
import type { Figures, Plan } from '../plan.js';
import type { RunningInstallation } from '../running.js';
import { finishedOrders, storeOrders, untilFinished } from './drive.js';

/** Whether a long backlog slows the pipeline: the rate with many orders waiting over the rate with few. */
export async function measureBacklog(running: RunningInstallation, plan: Plan): Promise<Figures> {
  const { waiting, measured, keptWaiting } = plan.backlog;
  const database = new Client({ connectionString: running.adminUrl });
  const feeder = new Client({ connectionString: running.adminUrl });
  await Promise.all([database.connect(), feeder.connect()]);
  try {
    const few = await rateOver(database, measured, () => keepFed(feeder, running, measured, keptWaiting));
    await running.drained();
    const many = await rateOver(database, measured, async () => {
      await storeOrders(feeder, running, waiting);
    });
    return { backlog_few_per_second: few, backlog_many_per_second: many, backlog_ratio: many / few };
  } finally {
    await Promise.all([database.end(), feeder.end()]);
  }
}

async function rateOver(database: Client, count: number, feed: () => Promise<void>): Promise<number> {
  const base = await finishedOrders(database);
  const warm = Math.ceil(count / 10);
  const fed = feed();
  const begun = await timeWhen(database, base + warm);
  const ended = await timeWhen(database, base + count);
  await fed;
  return (count - warm) / ((ended - begun) / 1_000);
}

async function timeWhen(database: Client, finished: number): Promise<number> {
  await untilFinished(database, finished);
  return performance.now();
}

/** Adds orders in small portions so that at most `keptWaiting` wait at any time. */
async function keepFed(
  database: Client,
  running: RunningInstallation,
  count: number,
  keptWaiting: number,
): Promise<void> {
  const base = await finishedOrders(database);
  const portion = Math.ceil(keptWaiting / 4);
  for (let added = 0; added < count + keptWaiting; added += portion) {
    await untilFinished(database, base + added - (keptWaiting - portion));
    await storeOrders(database, running, portion);
  }
}
