import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { type DatabaseRole, roleName, SERVICE_LOGIN } from '#database';

/** A private copy of the migrated template: real PostgreSQL, thrown away afterwards. */
export interface TestDatabase {
  /** How services connect: the `fairlead` login, bound by row-level security. */
  readonly url: string;
  /** How a process that hosts one service connects: that service's own login. */
  urlOf(role: DatabaseRole): string;
  /** An administrator's connection string: for looking at everything and for faults. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/** Copies the run's template database. Call `drop` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = required('FAIRLEAD_TEST_ADMIN_URL');
  const name = `fairlead_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(serverUrl, (client) =>
    client.query(`create database ${name} template ${required('FAIRLEAD_TEST_TEMPLATE')}`),
  );
  return testDatabase(withDatabase(serverUrl, name), () =>
    asAdmin(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`)),
  );
}

/** A database that an administrator made, and how services connect to it. */
export function testDatabase(adminUrl: string, drop: () => Promise<unknown>): TestDatabase {
  const urlAs = (login: string) => {
    const url = new URL(adminUrl);
    url.username = login;
    url.password = required('FAIRLEAD_TEST_PASSWORD');
    return url.href;
  };
  return {
    url: urlAs(SERVICE_LOGIN),
    urlOf: (role) => urlAs(roleName(role)),
    adminUrl,
    drop: async () => {
      await drop();
    },
  };
}

/** An administrator's connections to a test database; `end` them before it is dropped. */
export function adminPool(database: TestDatabase): Pool {
  const pool = new Pool({ connectionString: database.adminUrl, max: 2 });
  // Ended connections take a moment to close; dropping the database may be quicker.
  pool.on('error', () => undefined);
  return pool;
}

async function asAdmin(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run the tests by "npm test"`);
  return value;
}
