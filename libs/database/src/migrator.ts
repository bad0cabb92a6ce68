import { Client } from 'pg';
import { createRoles, loginOf, openLogin } from './logins.js';

/** One forward step of one schema. Never edited once released; a mistake is mended by the next one. */
export interface Migration {
  /** Sorts across services: `20261120_01_bus_events`. */
  readonly name: string;
  readonly up: readonly string[];
}

const LOCK_KEY = 7_236_871;

/**
 * Brings a database up to date: roles, logins, schema and every migration not yet applied, each in its own
 * transaction, in name order, under an advisory lock so that replicas may all try at once.
 *
 * @param adminUrl a login that may create roles (not the services' login)
 * @param databaseUrls how processes will connect: each one's login gets its password
 * @returns the names applied now
 * @throws CannotStart when services do not connect as one of these logins
 */
export async function migrate(
  adminUrl: string,
  databaseUrls: readonly string[],
  migrations: readonly Migration[],
): Promise<string[]> {
  const logins = databaseUrls.map(loginOf);
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    await createRoles(client);
    for (const login of logins) await openLogin(client, login);
    await prepare(client);
    const { rows } = await client.query<{ name: string }>('select name from public.fairlead_migration');
    const applied = new Set(rows.map((row) => row.name));
    const pending = migrations
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .filter((migration) => !applied.has(migration.name));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query('set local role fairlead_owner');
    for (const statement of migration.up) await client.query(statement);
    await client.query('reset role');
    await client.query('insert into public.fairlead_migration (name) values ($1)', [migration.name]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`migration ${migration.name} failed`, { cause });
  }
}

async function prepare(client: Client): Promise<void> {
  await client.query(`grant fairlead_owner to current_user`);
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
  await client.query(`grant create on database ${rows[0]?.name ?? ''} to fairlead_owner`);
  await client.query(
    `create table if not exists public.fairlead_migration
       (name text primary key, applied_at timestamptz not null default now())`,
  );
}
