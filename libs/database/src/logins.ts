import type { Client } from 'pg';
import { CannotStart } from '#kernel';
import { DATABASE_ROLES, type DatabaseRole } from './scope.js';

/** Login of a process that hosts every service: it may act as each of them. */
export const SERVICE_LOGIN = 'fairlead';

/** Every role but the bus, which all services act as besides: roles that may also be logins of their own. */
const SERVICE_ROLES = DATABASE_ROLES.filter((role) => role !== 'bus');

/** Who can connect as a service: `fairlead`, or `fairlead_<role>` for a process that hosts one alone. */
const LOGINS: readonly string[] = [SERVICE_LOGIN, ...SERVICE_ROLES.map(roleName)];

/** A service's role in PostgreSQL, and the login of a process that hosts this service alone. */
export function roleName(role: DatabaseRole): string {
  return `fairlead_${role}`;
}

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

interface Login {
  readonly name: string;
  readonly password: string;
}

/**
 * Reads login and password of a connection string.
 * @throws CannotStart when services do not connect as that login
 */
export function loginOf(databaseUrl: string): Login {
  const { username, password } = new URL(databaseUrl);
  const name = decodeURIComponent(username);
  if (!LOGINS.includes(name)) {
    throw new CannotStart(`Services connect as one of ${LOGINS.join(', ')}; "${name}" is none of them.`);
  }
  return { name, password: decodeURIComponent(password) };
}

/**
 * Creates the roles of services, bus and owner. Nobody can log in as one until `openLogin`. Rights of a role
 * it is a member of are nobody's by inheritance: a session has to take that role, by `set role`.
 */
export async function createRoles(client: Client): Promise<void> {
  const roles = ['fairlead_owner', ...DATABASE_ROLES.map(roleName), SERVICE_LOGIN];
  for (const role of roles) await createRole(client, role);
  for (const login of LOGINS) await prepareLogin(client, login);
  await client.query(`grant ${DATABASE_ROLES.map(roleName).join(', ')} to ${SERVICE_LOGIN}`);
  await client.query(`grant ${roleName('bus')} to ${SERVICE_ROLES.map(roleName).join(', ')}`);
}

/** Alters what differs only: two databases of one cluster must not alter a role at the same moment. */
async function prepareLogin(client: Client, login: string): Promise<void> {
  const { rows } = await client.query<{ inherits: boolean; settings: string[] }>(
    `select rolinherit as inherits, coalesce(rolconfig, '{}') as settings from pg_roles where rolname = $1`,
    [login],
  );
  const [role] = rows;
  if (role?.inherits) await client.query(`alter role ${login} noinherit`);
  for (const [name, value] of Object.entries(PLANNER_SETTINGS)) {
    if (role?.settings.includes(`${name}=${value}`)) continue;
    await client.query(`alter role ${login} set ${name} = ${value}`);
  }
}

/** Lets processes log in by it, with this password from now on. */
export async function openLogin(client: Client, { name, password }: Login): Promise<void> {
  await client.query(`alter role ${name} login password ${client.escapeLiteral(password)}`);
}

/** Roles are cluster-wide: two databases of one cluster may be set up at the same moment. */
async function createRole(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  if (rowCount) return;
  await client.query(`do $$ begin
    create role ${name} nologin noinherit nosuperuser nobypassrls;
  exception when duplicate_object or unique_violation then null; end $$`);
}
