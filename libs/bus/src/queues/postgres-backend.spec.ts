import { migrate } from '#database';
import { createTestDatabase, type TestDatabase } from '#testing';
import { migrateQueues, PostgresBackend } from './postgres-backend.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('is brought up to date again after its queues were used: every restart does that', async () => {
  const backend = new PostgresBackend(database.url, 2);
  const queue = backend.newQueue('used');
  const add = () => queue.addBulk([{ name: 'batch', data: { companies: [] }, opts: {} }]);
  await add();
  await migrate(database.adminUrl, new URL(database.url).password, []);
  await migrateQueues(database.adminUrl);
  await expect(add()).resolves.toHaveLength(1);
  await queue.close();
  await backend.close();
});
