import type { Database } from './database.js';

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
