import { migrate } from '#database';
import { asAdmin, createTestDatabase, eventually, type TestDatabase } from '#testing';
import { Client } from 'pg';
import { newId } from '#kernel';
import { DEFAULT_TIMING } from '../options.js';
import { BatchQueues } from './batch-queues.js';
import { migrateQueues, PostgresBackend } from './postgres-backend.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('is brought up to date again after its queues were used: every restart does that', async () => {
  const backend = new PostgresBackend(database.url, 2);
  const queue = await backend.newQueue('used', () => undefined);
  const add = () => queue.addBulk([{ name: 'batch', data: { companies: [] }, opts: {} }]);
  await add();
  await migrate(database.adminUrl, [database.url], []);
  await migrateQueues(database.adminUrl);
  await expect(add()).resolves.toHaveLength(1);
  await queue.close();
  await backend.close();
});

it('replaces a connection that broke before there was any queue', async () => {
  const backend = new PostgresBackend(database.url, 1);
  await backend.check();
  const lost = await asAdmin(
    database,
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and application_name = 'fairlead-queues'`,
  );
  expect(lost).toEqual([{ pg_terminate_backend: true }]);
  await eventually(async () => {
    await backend.check();
    return true;
  });
  await backend.close();
});

it('lets one login use the queue that another has made', async () => {
  const add = async (url: string) => {
    const backend = new PostgresBackend(url, 2);
    const queue = await backend.newQueue('shared', () => undefined);
    await queue.addBulk([{ name: 'batch', data: { companies: [] }, opts: {} }]);
    await queue.close();
    await backend.close();
  };
  await add(database.urlOf('tracking'));
  await add(database.urlOf('messaging'));
  await expect(add(database.url)).resolves.toBeUndefined();
});

it('takes over the queues of before the bus had them: those of the login itself', async () => {
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  try {
    await admin.query(
      'create sequence bullmq.made_by_login; alter sequence bullmq.made_by_login owner to fairlead',
    );
    await migrateQueues(database.adminUrl);
    const { rows } = await admin.query(
      `select relowner::regrole::text as owner from pg_class where oid = 'bullmq.made_by_login'::regclass`,
    );
    expect(rows).toEqual([{ owner: 'fairlead_bus' }]);
  } finally {
    await admin.end();
  }
});

it('reaches its queues again after the server was away when they were first used', async () => {
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  const name = new URL(database.url).pathname.slice(1);
  const letIn = (isOpen: boolean) =>
    admin.query(`alter database ${name} connection limit ${isOpen ? -1 : 0}`);
  const queues = new BatchQueues(new PostgresBackend(database.url, 2), DEFAULT_TIMING);
  const batch = { batchId: newId('Batch'), eventType: 'commission.released', companies: [] } as const;
  const never = () => Promise.reject(new Error('nothing is to be consumed'));
  try {
    await letIn(false);
    await expect(queues.add('messaging', [batch])).rejects.toThrow('too many connections');
    await expect(queues.consume('messaging', never)).rejects.toThrow('too many connections');
    await letIn(true);
    await queues.add('messaging', [batch]);
    await expect(queues.missing('messaging', [batch.batchId, newId('Batch')])).resolves.toHaveLength(1);
  } finally {
    await letIn(true);
    await queues.close();
    await admin.end();
  }
});
