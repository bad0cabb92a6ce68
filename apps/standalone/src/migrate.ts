import { migrateQueues } from '#bus';
import { migrate } from '#database';
import { MIGRATIONS } from './migrations.js';

/** `npm run migrate`: brings the database of a distributed installation up to date. */
const adminUrl = process.env['DATABASE_ADMIN_URL'];
const databaseUrl = process.env['DATABASE_URL'];
if (!adminUrl || !databaseUrl) {
  process.stderr.write(
    "Set DATABASE_ADMIN_URL (a login that may create roles) and DATABASE_URL (the services' login: " +
      'postgres://fairlead:<password>@host/db); the login "fairlead" gets that password.\n',
  );
  process.exit(2);
}
try {
  const applied = await migrate(adminUrl, decodeURIComponent(new URL(databaseUrl).password), MIGRATIONS);
  await migrateQueues(adminUrl);
  process.stdout.write(applied.length > 0 ? `Applied: ${applied.join(', ')}\n` : 'Nothing to apply.\n');
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  process.stderr.write(`Not migrated: ${error instanceof Error ? error.message : String(error)}${cause}\n`);
  process.exitCode = 1;
}
