import { Client } from 'pg';
import { DATABASE_ROLES } from './scope.js';

/** One forward step of one schema. Never edited once released; a mistake is mended by the next one. */
export interface Migration {
  /** Sorts across services: `20261120_01_bus_events`. */
  readonly name: string;
  readonly up: readonly string[];
}

/** Login role of the services. It owns nothing and is no superuser, so row-level security binds it. */
export const SERVICE_LOGIN = 'fairlead';

/**
 * Every statement of the services finds at most a few hundred rows by an index. Their plans are kept with
 * the prepared statements, often made while a table is nearly empty, when reading all of it looks cheapest:
 * such a plan would stay while the table grows (docs/adr: prepared statements).
 */
const PLANNER_SETTINGS = {
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
  plan_cache_mode: 'force_generic_plan',
};

const LOCK_KEY = 7_236_871;

/**
 * Brings a database up to date: roles, schema and every migration not yet applied, each in its own
 * transaction, in name order, under an advisory lock so that replicas may all try at once.
 *
 * @param adminUrl a login that may create roles (not the services' login)
 * @param servicePassword password the `fairlead` login gets; the services connect with it
 * @returns the names applied now
 */
export async function migrate(
  adminUrl: string,
  servicePassword: string,
  migrations: readonly Migration[],
): Promise<string[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    await createRoles(client, servicePassword);
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

async function createRoles(client: Client, servicePassword: string): Promise<void> {
  const roles = ['fairlead_owner', ...DATABASE_ROLES.map((role) => `fairlead_${role}`)];
  for (const role of roles) await createRole(client, role, 'nologin');
  await createRole(client, SERVICE_LOGIN, 'login noinherit');
  await client.query(`alter role ${SERVICE_LOGIN} password ${client.escapeLiteral(servicePassword)}`);
  for (const [name, value] of Object.entries(PLANNER_SETTINGS)) {
    await client.query(`alter role ${SERVICE_LOGIN} set ${name} = ${value}`);
  }
  await client.query(`grant ${roles.slice(1).join(', ')} to ${SERVICE_LOGIN}`);
  await client.query(`grant fairlead_owner to current_user`);
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
  await client.query(`grant create on database ${rows[0]?.name ?? ''} to fairlead_owner`);
  await client.query(
    `create table if not exists public.fairlead_migration
       (name text primary key, applied_at timestamptz not null default now())`,
  );
}

/** Roles are cluster-wide: two databases of one cluster may be set up at the same moment. */
async function createRole(client: Client, name: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  if (rowCount) return;
  await client.query(`do $$ begin
    create role ${name} ${attributes} nosuperuser nobypassrls;
  exception when duplicate_object or unique_violation then null; end $$`);
}
