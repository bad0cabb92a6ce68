import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateQueues } from '#bus';
import { migrate, SERVICE_LOGIN } from '#database';
import { MIGRATIONS } from '../apps/standalone/src/migrations.js';
import { type Child, startChild } from './child.js';
import { type BenchmarkServer, createDatabase } from './servers.js';

/** An installation to drive: a database of its own and the settings of its one process. */
export interface Installation {
  readonly adminUrl: string;
  readonly secretKey: string;
  /** Starts the standalone process; the first start prints the operator token. */
  start(): Promise<Child>;
  remove(): Promise<void>;
}

/** @param redisUrl null: the queues live in PostgreSQL */
export async function createInstallation(
  server: BenchmarkServer,
  name: string,
  redisUrl: string | null,
): Promise<Installation> {
  const adminUrl = await createDatabase(server, `bench_${name}`);
  const databaseUrl = new URL(adminUrl);
  databaseUrl.username = SERVICE_LOGIN;
  databaseUrl.password = 'benchmark';
  await migrate(adminUrl, [databaseUrl.href], MIGRATIONS);
  await migrateQueues(adminUrl);
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-bench-data-'));
  const secretKey = randomBytes(32).toString('hex');
  const env = {
    DATABASE_URL: databaseUrl.href,
    REDIS_URL: redisUrl ?? '',
    FAIRLEAD_SECRET_KEY: secretKey,
    FAIRLEAD_DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    PORT: '0',
    REQUESTS_PER_MINUTE: '10000000',
  };
  return {
    adminUrl,
    secretKey,
    start: () => startChild('apps/standalone/src/main.js', env),
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

/** The operator token that the first start printed. */
export function operatorTokenOf(child: Child): string {
  const token = /(flo_\S+)/.exec(child.output)?.[1];
  if (token === undefined) throw new Error('the first start printed no operator token');
  return token;
}
