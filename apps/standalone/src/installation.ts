import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { migrateQueues } from '#bus';
import { type AppConfig, readConfig } from '#config';
import { claimServer, migrate, SERVICE_LOGIN, startEmbeddedServer } from '#database';
import { MIGRATIONS } from './migrations.js';

/** What a standalone process needs before its services can start. */
export interface Installation {
  readonly config: AppConfig;
  /** Administrator's connection string of the embedded database; null when DATABASE_URL was given. */
  readonly adminUrl: string | null;
  /** Stops what was started here; call it after the services have stopped. */
  stop(): Promise<void>;
}

/** Name of the embedded database. */
export const DATABASE = 'fairlead';

/**
 * Reads the settings, makes the secret key on first use, and, without DATABASE_URL, starts the embedded
 * PostgreSQL under the data directory and brings its schema up to date.
 * @throws CannotStart when another process runs on the data directory, or a setting is wrong
 */
export async function prepareInstallation(
  env: Readonly<Record<string, string | undefined>>,
  known: Partial<AppConfig> = {},
): Promise<Installation> {
  const dataDir = resolve(env['FAIRLEAD_DATA_DIR'] || (known.dataDir ?? '.fairlead'));
  await mkdir(dataDir, { recursive: true });
  const settings = {
    publicUrl: `http://127.0.0.1:${Number(env['PORT']) || 3000}`,
    ...known,
    dataDir,
    secretKey: await secretFile(dataDir, 'secret-key'),
  };
  if (env['DATABASE_URL']) {
    return { config: readConfig(env, settings), adminUrl: null, stop: async () => undefined };
  }
  const server = await startEmbeddedServer({ directory: join(dataDir, 'postgres') });
  const claim = await claimServer(server.adminUrl('postgres'), dataDir);
  const stop = async () => {
    await server.stop();
    await claim.release();
  };
  try {
    const adminUrl = server.adminUrl(DATABASE);
    const databaseUrl = await prepareDatabase(
      server.adminUrl('postgres'),
      server.socketUrl(DATABASE),
      dataDir,
    );
    return { config: readConfig(env, { ...settings, databaseUrl }), adminUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @returns the services' connection string */
async function prepareDatabase(serverUrl: string, adminUrl: string, dataDir: string): Promise<string> {
  await createDatabase(serverUrl);
  const databaseUrl = new URL(adminUrl);
  databaseUrl.username = SERVICE_LOGIN;
  databaseUrl.password = await secretFile(dataDir, 'service-password');
  await migrate(adminUrl, [databaseUrl.href], MIGRATIONS);
  await migrateQueues(adminUrl);
  return databaseUrl.href;
}

async function createDatabase(serverUrl: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function secretFile(dataDir: string, name: string): Promise<string> {
  const file = join(dataDir, name);
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const secret = randomBytes(32).toString('hex');
  await writeFile(file, secret, { mode: 0o600 });
  return secret;
}
