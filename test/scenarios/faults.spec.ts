import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  createTestDatabase,
  drained,
  eventually,
  expectInvariants,
  freePort,
  startTestRedis,
  type TestDatabase,
  type TestRedis,
} from '#testing';
import { INVARIANTS } from '../../apps/standalone/src/invariants.js';
import { makeOrders, storeClicks, storeWebhooks } from '../../bench/orders.js';
import { createWorld, QUICK_WORLD, type World } from '../../bench/world.js';
import { ApiClient } from '../../demo/api-client.js';
import { type ServiceProcess, startProcess } from './service-process.js';

const ORDERS = 300;

/** Without a Redis its half is left out, and `startTestRedis` has said so. */
const found = await startTestRedis();
const BACKENDS: readonly (readonly [string, TestRedis | null])[] = [
  ['postgres', null],
  ...(found ? ([['redis', found]] as const) : []),
];

describe.each(BACKENDS)('the whole product on queues in %s', (_backend, redis) => {
  let database: TestDatabase;
  let dataDir: string;
  let admin: Client;
  let port: number;
  let product: ServiceProcess;
  let world: World;

  const start = () =>
    startProcess('standalone', port, {
      DATABASE_URL: database.url,
      REDIS_URL: redis?.url ?? '',
      FAIRLEAD_SECRET_KEY: 'faults-secret-key-faults-secret-key-faults',
      FAIRLEAD_DATA_DIR: dataDir,
    });

  beforeAll(async () => {
    [database, dataDir, port] = await Promise.all([
      createTestDatabase(),
      mkdtemp(join(tmpdir(), 'fairlead-faults-')),
      freePort(),
    ]);
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    product = await start();
    const token = await eventually(() => /flo_\S+/.exec(product.output())?.[0]);
    world = await createWorld(new ApiClient(product.url), token, database.adminUrl, QUICK_WORLD);
  });

  afterAll(async () => {
    await product?.kill();
    await redis?.stop();
    await admin.end();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** What partners were told and what the ledger holds for them, minor units. */
  const standing = async () => {
    const { rows } = await admin.query<{ notices: string; orders: string; held: string }>(
      `select (select count(*) from messaging.notice) as notices,
              (select count(distinct subject_key) from commissions.commission) as orders,
              (select coalesce(sum(amount), 0) from commissions.posting where account = 'partner_held') as held`,
    );
    return {
      notices: Number(rows[0]?.notices),
      orders: Number(rows[0]?.orders),
      held: Number(rows[0]?.held),
    };
  };

  const placeOrders = async (): Promise<number> => {
    const at = new Date();
    const orders = makeOrders(world, ORDERS, at);
    await admin.query('begin');
    await storeClicks(admin, orders, at);
    await storeWebhooks(admin, orders, at);
    await admin.query('commit');
    const amounts = orders.map((order) => Number(/"amount":(\d+)/.exec(order.placed.body)?.[1]));
    return amounts.reduce((sum, amount) => sum + Math.floor((amount * 20 + 50) / 100), 0);
  };

  const expectPaidOnce = async (before: Awaited<ReturnType<typeof standing>>, owed: number) => {
    await drained(database, 90_000);
    expect(await standing()).toEqual({
      notices: before.notices + ORDERS,
      orders: before.orders + ORDERS,
      held: before.held + owed,
    });
    await expectInvariants(database, INVARIANTS);
  };

  it('pays every order once although the process is killed five times in mid-load', async () => {
    const before = await standing();
    const owed = await placeOrders();
    for (let kill = 1; kill <= 5; kill += 1) {
      const target = before.notices + (kill * ORDERS) / 10;
      await eventually(async () => (await standing()).notices >= target, 60_000);
      await product.kill();
      product = await start();
    }
    await expectPaidOnce(before, owed);
  }, 360_000);

  it('pays every order once although the queues are emptied in mid-load', async () => {
    const before = await standing();
    const owed = await placeOrders();
    for (let loss = 1; loss <= 3; loss += 1) {
      const target = before.notices + (loss * ORDERS) / 6;
      await eventually(async () => (await standing()).notices >= target, 60_000);
      if (redis) await redis.flush();
      else await admin.query('truncate bullmq.job cascade');
    }
    await expectPaidOnce(before, owed);
  }, 360_000);
});
