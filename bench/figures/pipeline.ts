import { runChild } from '../child.js';
import type { Figures, Plan } from '../plan.js';
import type { RunningInstallation } from '../running.js';
import { median } from '../statistics.js';
import { driveOrders } from './drive.js';

/** Where a backend's queues are, and how its ceiling does best. */
export interface QueueBackend {
  readonly kind: 'redis' | 'postgres';
  readonly url: string;
  readonly concurrencies: readonly number[];
}

/** Orders per second through the whole pipeline, beside BullMQ's no-op jobs on the same backend. */
export async function measurePipeline(
  running: RunningInstallation,
  backend: QueueBackend,
  plan: Plan,
): Promise<{ readonly orders: number; readonly ceiling: number; readonly ratio: number }> {
  const noOp = (concurrency: number) =>
    runChild('bench/ceilings/bullmq-noop.js', [
      backend.kind,
      backend.url,
      String(plan.jobs[backend.kind]),
      String(concurrency),
    ]).then(Number);
  const tried: { concurrency: number; rate: number }[] = [];
  for (const concurrency of backend.concurrencies) tried.push({ concurrency, rate: await noOp(concurrency) });
  const best = tried.toSorted((a, b) => b.rate - a.rate)[0]?.concurrency ?? 1;
  await driveOrders(running, plan.orders);
  const ceilings: number[] = [];
  const orders: number[] = [];
  for (let run = 0; run < plan.runs; run += 1) {
    ceilings.push(await noOp(best));
    orders.push(await driveOrders(running, plan.orders));
    await running.drained();
  }
  return {
    orders: median(orders),
    ceiling: median(ceilings),
    ratio: median(orders.map((rate, run) => rate / (ceilings[run] ?? Number.NaN))),
  };
}

export const pipelineFigures = (
  prefix: 'pipeline' | 'pipeline_pg',
  { orders, ceiling, ratio }: Awaited<ReturnType<typeof measurePipeline>>,
): Figures => ({
  [`${prefix}_orders_per_second`]: orders,
  [`${prefix}_ceiling_per_second`]: ceiling,
  [`${prefix}_ratio`]: ratio,
});
