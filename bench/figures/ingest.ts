import { Client } from 'pg';
import { startChild } from '../child.js';
import { sendAll } from '../load.js';
import { makeOrders, signedRequest, storeClicks } from '../orders.js';
import type { Figures, Plan } from '../plan.js';
import type { RunningInstallation } from '../running.js';
import { median } from '../statistics.js';

/** The relay's own lock of the first consumer: who holds it keeps accepted webhooks waiting. */
const LOCK = `hashtext('fairlead.bus.claim'), hashtext('tracking')`;

/**
 * Signed webhooks accepted durably per second, beside NestJS on Fastify that stores nothing. What follows
 * them has its own figure and is held back meanwhile.
 */
export async function measureIngest(running: RunningInstallation, plan: Plan): Promise<Figures> {
  const ceiling = await startChild('bench/ceilings/post-server.js');
  const database = new Client({ connectionString: running.adminUrl });
  await database.connect();
  const keys = async () => {
    const { rows } = await database.query<{ count: string }>('select count(*) from tracking.request_key');
    return Number(rows[0]?.count ?? 0);
  };
  /** With their clicks: an order whose click is not known waits for it, and that is not what is measured. */
  const requests = async () => {
    const at = new Date();
    const orders = makeOrders(running.world, plan.webhooks, at);
    for (let from = 0; from < orders.length; from += 1_000) {
      await storeClicks(database, orders.slice(from, from + 1_000), at);
    }
    return orders.map(({ company, placed }) => signedRequest(company, placed));
  };
  const accept = async (url: string) => {
    const result = await sendAll(url, await requests(), plan.connections);
    const accepted = result.statuses['202'] ?? 0;
    if (accepted < plan.webhooks) throw new Error(`${accepted} of ${plan.webhooks} webhooks were accepted`);
    return result.perSecond;
  };
  try {
    await accept(ceiling.url);
    await accept(running.child.url);
    await running.drained();
    const bare: number[] = [];
    const own: number[] = [];
    for (let run = 0; run < plan.runs; run += 1) {
      bare.push(await accept(ceiling.url));
      const before = await keys();
      await database.query(`select pg_advisory_lock(${LOCK})`);
      own.push(await accept(running.child.url));
      await database.query(`select pg_advisory_unlock(${LOCK})`);
      const stored = (await keys()) - before;
      if (stored !== plan.webhooks) throw new Error(`${plan.webhooks} were accepted, ${stored} are stored`);
      await running.drained();
    }
    return {
      webhooks_per_second: median(own),
      ingest_ceiling_per_second: median(bare),
      ingest_ratio: median(own.map((rate, run) => rate / (bare[run] ?? Number.NaN))),
    };
  } finally {
    await database.end();
    await ceiling.stop();
  }
}
