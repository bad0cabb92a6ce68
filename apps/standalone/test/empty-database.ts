import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '#testing';

const variable = (name: string) => process.env[name] ?? '';

/** An empty database, as an administrator makes it; `drop` removes it. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const name = `fairlead_upgrade_${randomBytes(6).toString('hex')}`;
  const server = new Client({ connectionString: variable('FAIRLEAD_TEST_ADMIN_URL') });
  await server.connect();
  await server.query(`create database ${name}`);
  const adminUrl = new URL(variable('FAIRLEAD_TEST_ADMIN_URL'));
  adminUrl.pathname = `/${name}`;
  return testDatabase(adminUrl.href, async () => {
    await server.query(`drop database ${name} with (force)`);
    await server.end();
  });
}
