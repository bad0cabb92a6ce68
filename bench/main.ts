import 'reflect-metadata';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { checkInvariants } from '#database';
import { INVARIANTS } from '../apps/standalone/src/invariants.js';
import { measureBacklog } from './figures/backlog.js';
import { measureHistory } from './figures/history.js';
import { measureIngest } from './figures/ingest.js';
import { measureLatency } from './figures/latency.js';
import { measurePipeline, pipelineFigures } from './figures/pipeline.js';
import { measureRedirect } from './figures/redirect.js';
import { type Figures, FULL_PLAN, QUICK_PLAN } from './plan.js';
import { type RunningInstallation, startInstallation } from './running.js';
import { checkpoint, createDatabase, findOrStartRedis, startPostgres } from './servers.js';

/**
 * `npm run bench [-- --quick] [--only redirect,ingest,…]`: each figure beside its own ceiling in the same run.
 * Prints a table and, last, one JSON object. docs/performance.md explains the keys.
 */
const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const plan = flags.quick ? QUICK_PLAN : FULL_PLAN;
const wanted = flags.only?.split(',');
const wants = (name: string) => wanted === undefined || wanted.includes(name);
const say = (text: string) => process.stderr.write(`${text}\n`);

const postgres = await startPostgres();
const redis = await findOrStartRedis();
if (!redis) say('NO REDIS: pipeline_ratio is left out. Install redis-server or set REDIS_URL.');
const running: RunningInstallation[] = [];
const figures: Record<string, number> = {};

// PostgreSQL is a process of its own: it would outlive an interrupted run.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
}

async function start(name: string, redisUrl: string | null): Promise<RunningInstallation> {
  const installation = await startInstallation(postgres, name, redisUrl, plan.world);
  running.push(installation);
  return installation;
}

async function measure(name: string, work: () => Promise<Figures>): Promise<void> {
  if (!wants(name)) return;
  say(`${name} …`);
  await checkpoint(postgres);
  const found = await work();
  Object.assign(figures, found);
  for (const [key, value] of Object.entries(found)) say(`  ${key.padEnd(34)} ${rounded(value)}`);
}

try {
  const main = await start('main', redis?.url ?? null);
  await measure('redirect', () => measureRedirect(main, plan));
  await measure('ingest', () => measureIngest(main, plan));
  if (redis) {
    const backend = { kind: 'redis', url: redis.url, concurrencies: [50, 100, 200] } as const;
    await measure('pipeline', async () =>
      pipelineFigures('pipeline', await measurePipeline(main, backend, plan)),
    );
  }
  await measure('latency', () => measureLatency(main, plan));
  if (wants('pipeline_pg')) {
    const onPostgres = await start('pg', null);
    const backend = {
      kind: 'postgres',
      url: await createDatabase(postgres, 'ceiling'),
      concurrencies: [1, 5, 20],
    } as const;
    await measure('pipeline_pg', async () =>
      pipelineFigures('pipeline_pg', await measurePipeline(onPostgres, backend, plan)),
    );
    await stop(onPostgres);
  }
  // A smoke run has no time to store a history worth the name.
  if (wants('history') && !flags.quick) {
    const full = await start('history', redis && databaseOf(redis.url, 1));
    await measure('history', () => measureHistory(main, full, plan));
    await stop(full);
  }
  await measure('backlog', () => measureBacklog(main, plan));
  figures['rss_mb'] = main.child.peakMemoryMb();
  await stop(main);
  print();
} finally {
  await cleanUp();
}

/** Two installations must not share queues: each would take the other's batches and find nothing of them. */
function databaseOf(redisUrl: string, number: number): string {
  const url = new URL(redisUrl);
  url.pathname = `/${number}`;
  return url.href;
}

async function cleanUp(): Promise<void> {
  for (const installation of running) await installation.stop();
  await redis?.stop();
  await postgres.stop();
}

/** No figure counts unless the invariants hold after it. */
async function stop(installation: RunningInstallation): Promise<void> {
  const results = await checkInvariants(installation.adminUrl, INVARIANTS, new Date());
  const broken = results.filter((result) => result.broken > 0);
  if (broken.length > 0) throw new Error(`invariants are broken: ${JSON.stringify(broken)}`);
  running.splice(running.indexOf(installation), 1);
  await installation.stop();
}

function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 1_000) / 1_000;
}

function print(): void {
  const keys = Object.fromEntries(Object.entries(figures).map(([key, value]) => [key, rounded(value)]));
  const width = Math.max(...Object.keys(keys).map((key) => key.length));
  for (const [key, value] of Object.entries(keys)) process.stdout.write(`${key.padEnd(width)}  ${value}\n`);
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  process.stdout.write(`${JSON.stringify({ ...keys, isQuick: flags.quick, machine })}\n`);
}
