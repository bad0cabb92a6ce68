import { migrateQueues } from '#bus';
import { migrate } from '#database';
import { messageOf } from '#kernel';
import { MIGRATIONS } from './migrations.js';

/** `npm run migrate`: brings the database of a distributed installation up to date. */
const adminUrl = process.env['DATABASE_ADMIN_URL'];
const databaseUrls = ['DATABASE_URL', 'DATABASE_URLS'].flatMap(
  (name) => process.env[name]?.split(/\s+/).filter(Boolean) ?? [],
);
if (!adminUrl || databaseUrls.length === 0) {
  process.stderr.write(
    'Set DATABASE_ADMIN_URL (a login that may create roles) and how the processes connect: DATABASE_URL ' +
      '(postgres://fairlead:<password>@host/db for all of them) or DATABASE_URLS (one for each service, by ' +
      'white space: postgres://fairlead_tracking:<password>@host/db …). Each login gets its password.\n',
  );
  process.exit(2);
}
try {
  const applied = await migrate(adminUrl, databaseUrls, MIGRATIONS);
  await migrateQueues(adminUrl);
  process.stdout.write(applied.length > 0 ? `Applied: ${applied.join(', ')}\n` : 'Nothing to apply.\n');
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  process.stderr.write(`Not migrated: ${messageOf(error)}${cause}\n`);
  process.exitCode = 1;
}
