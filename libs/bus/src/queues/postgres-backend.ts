import { createPostgresBackend, type PgPool, type Processor, runMigrations, withBackend } from 'bullmq';
import { Client, Pool } from 'pg';
import { roleName, SERVICE_LOGIN } from '#database';
import { CannotStart } from '#kernel';
import type { BatchJobData } from './batch-job.js';
import type { BatchQueue, BatchWorker, BatchWorkerOptions, OnError, QueueBackend } from './queue-backend.js';

const SCHEMA = 'bullmq';

/** Whichever login a process has, its queues are used, and what they create is owned, by this role. */
const ROLE = roleName('bus');
const bull = withBackend(createPostgresBackend);

/**
 * BullMQ's own tables in a schema of the product's database; one pool for every queue and worker.
 *
 * BullMQ (6.7) remembers for good that a queue or worker could not reach the server when it was made, so
 * such a one is thrown away instead of kept.
 */
export class PostgresBackend implements QueueBackend {
  readonly #pool: Pool;
  /** The same pool under BullMQ's structural type, which node-postgres' own types miss by an overload. */
  readonly #shared: PgPool;

  constructor(databaseUrl: string, poolSize: number) {
    this.#pool = new Pool({
      connectionString: databaseUrl,
      max: poolSize,
      options: `-c search_path=${SCHEMA} -c role=${ROLE}`,
      application_name: 'fairlead-queues',
      keepAlive: true,
    });
    this.#pool.setMaxListeners(0);
    // BullMQ listens only to some of the connections: one that breaks in its hands would end the process.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
    this.#pool.on('error', () => undefined);
    this.#shared = this.#pool as unknown as PgPool;
  }

  async check(): Promise<void> {
    const { rows } = await this.#pool.query<{ is_migrated: boolean }>(
      `select to_regclass('${SCHEMA}.migration') is not null as is_migrated`,
    );
    if (!rows[0]?.is_migrated) throw new CannotStart('The queues have no tables yet. Run "npm run migrate".');
  }

  async newQueue(name: string, onError: OnError): Promise<BatchQueue> {
    await this.check();
    const queue = new bull.Queue<BatchJobData>(name, { connection: this.#shared });
    queue.on('error', onError);
    return ready(queue);
  }

  async newWorker(
    name: string,
    processor: Processor<BatchJobData>,
    options: BatchWorkerOptions,
    onError: OnError,
  ): Promise<BatchWorker> {
    await this.check();
    const worker = new bull.Worker<BatchJobData>(name, processor, { ...options, connection: this.#shared });
    worker.on('error', onError);
    return ready(worker);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

async function ready<T extends { waitUntilReady(): Promise<unknown>; close(): Promise<void> }>(
  made: T,
): Promise<T> {
  try {
    await made.waitUntilReady();
  } catch (error) {
    await made.close().catch(() => undefined);
    throw error;
  }
  return made;
}

/** Queues' sequences are the role's already: granting `on all sequences` would fail at those. */
const GRANT_OWN_SEQUENCES = `
  do $$ declare own regclass; begin
    for own in select oid from pg_class where relkind = 'S'
      and relnamespace = '${SCHEMA}'::regnamespace and relowner = current_user::regrole
    loop execute format('grant usage, select on sequence %s to ${ROLE}', own); end loop;
  end $$`;

/** Before the queues had a role, the login `fairlead` owned the sequences it made for them. */
const TAKE_OVER_SEQUENCES = `
  do $$ declare old regclass; begin
    for old in select oid from pg_class where relkind = 'S'
      and relnamespace = '${SCHEMA}'::regnamespace and relowner = '${SERVICE_LOGIN}'::regrole
    loop execute format('alter sequence %s owner to ${ROLE}', old); end loop;
  end $$`;

/** Creates or updates BullMQ's tables. Run after `migrate`, which creates the roles. */
export async function migrateQueues(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('set role fairlead_owner');
    await runMigrations(client, SCHEMA);
    for (const grant of [
      // BullMQ creates a sequence for each queue when it first adds to it
      `grant usage, create on schema ${SCHEMA} to ${ROLE}`,
      `grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${ROLE}`,
      GRANT_OWN_SEQUENCES,
      `grant execute on all functions in schema ${SCHEMA} to ${ROLE}`,
      'reset role',
      TAKE_OVER_SEQUENCES,
    ]) {
      await client.query(grant);
    }
  } finally {
    await client.end();
  }
}
