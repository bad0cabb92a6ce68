import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { claimServer, startEmbeddedServer } from '#database';
import { DATABASE } from './installation.js';

/** The database of an installation, for an administrator's command, beside its services or without them. */
export interface AdminDatabase {
  readonly adminUrl: string;
  /** Stops what had to be started for it. */
  release(): Promise<void>;
}

/**
 * DATABASE_ADMIN_URL, else the embedded database under the data directory, running or not.
 * @throws Error that says what to set
 */
export async function openAdminDatabase(
  env: Readonly<Record<string, string | undefined>>,
): Promise<AdminDatabase> {
  const given = env['DATABASE_ADMIN_URL'];
  if (given) return { adminUrl: given, release: async () => undefined };
  const directory = join(resolve(env['FAIRLEAD_DATA_DIR'] || '.fairlead'), 'postgres');
  if (env['DATABASE_URL'] || !existsSync(directory)) {
    throw new Error(
      'Set DATABASE_ADMIN_URL to a superuser of the database, or run this beside the data directory of a ' +
        'standalone installation (FAIRLEAD_DATA_DIR).',
    );
  }
  const server = await startEmbeddedServer({ directory });
  const adminUrl = server.adminUrl(DATABASE);
  if (server.wasRunning) return { adminUrl, release: async () => undefined };
  const claim = await claimServer(server.adminUrl('postgres'), directory);
  return {
    adminUrl,
    release: async () => {
      await server.stop();
      await claim.release();
    },
  };
}
