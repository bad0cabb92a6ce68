import { createPostgresBackend, type PgPool, type Processor, runMigrations, withBackend } from 'bullmq';
import { Client, Pool } from 'pg';
import { SERVICE_LOGIN } from '#database';
import { CannotStart } from '#kernel';
import type { BatchJobData } from './batch-job.js';
import type { BatchQueue, BatchWorker, BatchWorkerOptions, QueueBackend } from './queue-backend.js';

const SCHEMA = 'bullmq';
const bull = withBackend(createPostgresBackend);

/** BullMQ's own tables in a schema of the product's database; one pool for every queue and worker. */
export class PostgresBackend implements QueueBackend {
  readonly kind = 'postgres';
  readonly #pool: Pool;
  /** The same pool under BullMQ's structural type, which node-postgres' own types miss by an overload. */
  readonly #shared: PgPool;

  constructor(databaseUrl: string, poolSize: number) {
    this.#pool = new Pool({
      connectionString: databaseUrl,
      max: poolSize,
      options: `-c search_path=${SCHEMA}`,
      application_name: 'fairlead-queues',
      keepAlive: true,
    });
    this.#pool.setMaxListeners(0);
    this.#shared = this.#pool as unknown as PgPool;
  }

  async check(): Promise<void> {
    await this.#pool.query('select version from migration limit 1').catch((cause: unknown) => {
      throw new CannotStart('The queues have no tables yet. Run "npm run migrate".', { cause });
    });
  }

  newQueue(name: string): BatchQueue {
    return new bull.Queue<BatchJobData>(name, { connection: this.#shared });
  }

  newWorker(name: string, processor: Processor<BatchJobData>, options: BatchWorkerOptions): BatchWorker {
    return new bull.Worker<BatchJobData>(name, processor, { ...options, connection: this.#shared });
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** Leaves out the sequences of queues: `on all sequences` would fail at those, from the second time on. */
const GRANT_OWN_SEQUENCES = `
  do $$ declare own regclass; begin
    for own in select oid from pg_class where relkind = 'S'
      and relnamespace = '${SCHEMA}'::regnamespace and relowner = current_user::regrole
    loop execute format('grant usage, select on sequence %s to ${SERVICE_LOGIN}', own); end loop;
  end $$`;

/** Creates or updates BullMQ's tables. Run after `migrate`, which creates the services' login. */
export async function migrateQueues(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('set role fairlead_owner');
    await runMigrations(client, SCHEMA);
    for (const grant of [
      // BullMQ creates a sequence for each queue when it first adds to it; the login owns those
      `grant usage, create on schema ${SCHEMA} to ${SERVICE_LOGIN}`,
      `grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${SERVICE_LOGIN}`,
      GRANT_OWN_SEQUENCES,
      `grant execute on all functions in schema ${SCHEMA} to ${SERVICE_LOGIN}`,
    ]) {
      await client.query(grant);
    }
  } finally {
    await client.end();
  }
}
