import { mkdtemp, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, startEmbeddedServer } from '../../dist/libs/database/src/index.js';
import { migrateQueues } from '../../dist/libs/bus/src/index.js';
import { MIGRATIONS } from '../../dist/apps/standalone/src/migrations.js';
import pg from 'pg';

/**
 * Finds or starts the PostgreSQL server of the whole test run and migrates one template database, which
 * every test file copies (see libs/testing). DATABASE_ADMIN_URL names a server to use; else an embedded one.
 */
export default async function globalSetup() {
  const password = 'fairlead-test';
  const given = process.env.DATABASE_ADMIN_URL;
  let adminUrl = given;
  if (!adminUrl) {
    const directory = await mkdtemp(join(tmpdir(), 'fairlead-test-'));
    await chmod(directory, 0o755);
    const server = await startEmbeddedServer({
      directory,
      settings: { fsync: 'off', full_page_writes: 'off', max_connections: '300' },
    });
    globalThis.__FAIRLEAD_SERVER__ = { server, directory };
    adminUrl = server.adminUrl('postgres');
  }
  const template = `fairlead_template_${process.pid}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create database ${template}`);
  await admin.end();
  const templateUrl = new URL(adminUrl);
  templateUrl.pathname = `/${template}`;
  await migrate(templateUrl.href, password, MIGRATIONS);
  await migrateQueues(templateUrl.href);
  process.env.FAIRLEAD_TEST_ADMIN_URL = adminUrl;
  process.env.FAIRLEAD_TEST_TEMPLATE = template;
  process.env.FAIRLEAD_TEST_PASSWORD = password;
}
