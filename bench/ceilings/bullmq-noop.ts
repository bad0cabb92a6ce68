import { createPostgresBackend, type JobsOptions, Queue, Worker, withBackend } from 'bullmq';

/**
 * Ceiling of the pipeline ratios: BullMQ processing jobs that do nothing, one hop, on one backend.
 * Usage: node bullmq-noop.js <redis|postgres> <url> <jobs> <concurrency>. Prints jobs per second.
 */
const [backend, url = '', count = '0', parallel = '1'] = process.argv.slice(2);
const jobs = Number(count);
const concurrency = Number(parallel);
const name = `ceiling-${process.pid}`;
const options: JobsOptions = { removeOnComplete: true };

let finished = 0;
let resolveDone: () => void = () => undefined;
const isDone = new Promise<void>((resolve) => {
  resolveDone = resolve;
});
const noOp = async () => {
  finished += 1;
  if (finished === jobs) resolveDone();
};

const { queue, start } = backend === 'redis' ? onRedis() : onPostgres();
for (let added = 0; added < jobs; added += 1_000) {
  const size = Math.min(1_000, jobs - added);
  await queue.addBulk(
    Array.from({ length: size }, (_, index) => ({
      name: 'no-op',
      data: { id: added + index },
      opts: options,
    })),
  );
}
const begun = performance.now();
const worker = start();
await isDone;
const seconds = (performance.now() - begun) / 1_000;
process.stdout.write(`${jobs / seconds}\n`);
await worker.close(true);
await queue.obliterate({ force: true });
process.exit(0);

function onRedis() {
  const { hostname, port } = new URL(url);
  const connection = { host: hostname, port: Number(port) };
  return {
    queue: new Queue<unknown>(name, { connection }),
    start: () =>
      new Worker(name, noOp, { connection: { ...connection, maxRetriesPerRequest: null }, concurrency }),
  };
}

function onPostgres() {
  const postgres = withBackend(createPostgresBackend);
  const connection = { connectionString: url, schema: 'bullmq_ceiling', migrate: true };
  return {
    queue: new postgres.Queue<unknown>(name, { connection }),
    start: () => new postgres.Worker(name, noOp, { connection, concurrency }),
  };
}
