import { CannotStart } from '#kernel';
import type { Database } from './database.js';
import { roleName, SERVICE_LOGIN } from './logins.js';
import type { DatabaseRole } from './scope.js';

/**
 * Refuses to start when the services' login could pass row-level security.
 * @throws Error naming the role that is a superuser or has BYPASSRLS
 */
export async function refuseTooPowerfulRoles(database: Database): Promise<void> {
  const rows = await database.transaction({ companies: [] }, (tx) =>
    tx.query<{ rolname: string }>(
      `select rolname from pg_roles where (rolsuper or rolbypassrls)
         and (rolname = session_user or rolname like 'fairlead\\_%')`,
    ),
  );
  const [first] = rows;
  if (first) {
    throw new Error(
      `The database role "${first.rolname}" is a superuser or has BYPASSRLS, so row-level security would ` +
        'not bind it. Point DATABASE_URL at the "fairlead" login that "npm run migrate" creates.',
    );
  }
}

/**
 * Refuses to start when the login may not act as the services of this process.
 * @throws CannotStart naming the login and what it may not act as
 */
export async function refuseForeignLogin(database: Database, roles: readonly DatabaseRole[]): Promise<void> {
  const [missing] = await database.transaction({ companies: [] }, (tx) =>
    tx.query<{ login: string; role: string }>(
      `select session_user as login, role from unnest($1::text[]) as role
        where not pg_has_role(session_user, role::name, 'member')`,
      [roles.map(roleName)],
    ),
  );
  if (missing) {
    throw new CannotStart(
      `The database login "${missing.login}" may not act as "${missing.role}". Point DATABASE_URL at the login ` +
        `of that name, or at "${SERVICE_LOGIN}", which may act as every service.`,
    );
  }
}
