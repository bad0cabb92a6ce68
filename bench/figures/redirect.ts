import { Client } from 'pg';
import { eventually } from '#testing';
import { startChild } from '../child.js';
import { repeat } from '../load.js';
import type { Figures, Plan } from '../plan.js';
import { median } from '../statistics.js';
import type { RunningInstallation } from '../running.js';

/** Click redirects per second, each with a committed row, beside bare Fastify's 302s. */
export async function measureRedirect(running: RunningInstallation, plan: Plan): Promise<Figures> {
  const links = running.world.companies.flatMap(({ links: all }) => all);
  const ceiling = await startChild('bench/ceilings/redirect-server.js');
  const database = new Client({ connectionString: running.adminUrl });
  await database.connect();
  const clicks = async () => {
    const { rows } = await database.query<{ count: string }>('select count(*) from tracking.click');
    return Number(rows[0]?.count ?? 0);
  };
  const paths = links.slice(0, 1_000).map(({ slug }) => `/r/${slug}`);
  try {
    const bare: number[] = [];
    const own: number[] = [];
    await repeat(ceiling.url, paths, plan.connections, plan.warmUpSeconds);
    await repeat(running.child.url, paths, plan.connections, plan.warmUpSeconds);
    for (let run = 0; run < plan.runs; run += 1) {
      bare.push((await repeat(ceiling.url, paths, plan.connections, plan.seconds)).perSecond);
      const before = await settled(clicks);
      const result = await repeat(running.child.url, paths, plan.connections, plan.seconds);
      const redirected = result.statuses['302'] ?? 0;
      const stored = (
        await eventually(async () => {
          const rows = (await clicks()) - before;
          return rows >= redirected && { rows };
        })
      ).rows;
      // Requests under way when the load generator stops are answered and stored, but not counted by it.
      if (stored - redirected > plan.connections)
        throw new Error(`${redirected} redirects, ${stored} clicks`);
      own.push(result.perSecond);
    }
    return {
      redirects_per_second: median(own),
      redirect_ceiling_per_second: median(bare),
      redirect_ratio: median(own.map((rate, run) => rate / (bare[run] ?? Number.NaN))),
    };
  } finally {
    await database.end();
    await ceiling.stop();
  }
}

/** The count once it no longer moves. */
async function settled(count: () => Promise<number>): Promise<number> {
  let last = -1;
  return (
    await eventually(async () => {
      const now = await count();
      const isSettled = now === last;
      last = now;
      return isSettled && { now };
    })
  ).now;
}
