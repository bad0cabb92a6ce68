import { Controller } from '@nestjs/common';
import { createTestDatabase, eventually, openDatabase, startTcpProxy, type TestDatabase } from '#testing';
import { Bus } from '../src/bus.js';
import { BatchServer } from '../src/consume/batch-server.js';
import { ConsumeEvent, type Delivery, done, type Outcome } from '../src/index.js';
import { DEFAULT_TIMING } from '../src/options.js';
import { PostgresBackend } from '../src/queues/postgres-backend.js';
import { CLOCK, messaging, startProcess } from './bus-app.js';

describe('boot of the bus', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  const complete = messaging(async (deliveries) => deliveries.map(done));
  const boot = (...controllers: Parameters<typeof startProcess>[0]['controllers']) =>
    startProcess({ databaseUrl: database.url, redisUrl: null, controllers });

  it('refuses when a service has no handler of an event that the topology sends to it', async () => {
    await expect(boot()).rejects.toThrow(/messaging must handle "commission.earned" and has no handler/);
  });

  it('refuses two handlers of one event in one service', async () => {
    @Controller()
    class Second {
      @ConsumeEvent('messaging', 'commission.released')
      released(deliveries: readonly Delivery<'commission.released'>[]): Promise<Outcome[]> {
        return Promise.resolve(deliveries.map(done));
      }
    }
    await expect(boot(complete, Second)).rejects.toThrow(/more than one handler of "commission.released"/);
  });

  it('refuses a handler of an event that the topology does not send to the service', async () => {
    @Controller()
    class Stray {
      @ConsumeEvent('messaging', 'order.placed')
      placed(deliveries: readonly Delivery<'order.placed'>[]): Promise<Outcome[]> {
        return Promise.resolve(deliveries.map(done));
      }
    }
    await expect(boot(complete, Stray)).rejects.toThrow(
      /messaging handles "order.placed", which the topology/,
    );
  });

  it('leaves nothing running when it is stopped while it starts', async () => {
    const own = await openDatabase('bus');
    const proxy = await startTcpProxy(own.server.url);
    const url = proxy.url(own.server.url);
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const bus = new Bus(['messaging'], own.database, CLOCK, new PostgresBackend(url, 2), DEFAULT_TIMING, url);
    proxy.stall();
    const starting = bus.start(new BatchServer('messaging', bus), () => Promise.resolve([]));
    await bus.onModuleDestroy();
    proxy.restore();
    await starting;
    await bus.onApplicationShutdown();
    expect(await eventually(() => timers() <= before)).toBe(true);
    await proxy.close();
    await own.close();
  });
});
