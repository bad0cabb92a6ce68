import { MikroORM } from '@mikro-orm/postgresql';
import { createTestDatabase, eventually, startTcpProxy, type TcpProxy, type TestDatabase } from '#testing';
import { Database } from './database.js';
import { returnDeadConnections } from './return-dead-connections.js';

describe('connections that end while in use', () => {
  let server: TestDatabase;
  let proxy: TcpProxy;
  let orm: MikroORM;

  beforeAll(async () => {
    server = await createTestDatabase();
    proxy = await startTcpProxy(server.url);
    orm = await MikroORM.init({
      clientUrl: proxy.url(server.url),
      entities: [],
      pool: { max: 2 },
      driverOptions: { onPoolCreated: returnDeadConnections },
      discovery: { warnWhenNoEntities: false },
    });
  });

  afterAll(async () => {
    await orm.close(true);
    await proxy.close();
    await server.drop();
  });

  it('leave the pool as large as it was, however often PostgreSQL goes away in the middle', async () => {
    const database = new Database(orm, 'tracking');
    const hold = (held: Set<symbol>, seconds: number) =>
      database.transaction({ companies: [] }, async (tx) => {
        held.add(Symbol('connection'));
        await tx.query('select pg_sleep($1)', [seconds]);
      });
    for (let outage = 0; outage < 3; outage += 1) {
      const held = new Set<symbol>();
      const work = Promise.allSettled([hold(held, 30), hold(held, 30)]);
      await eventually(() => held.size === 2);
      proxy.cut();
      expect((await work).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      proxy.restore();
      await Promise.all([hold(new Set(), 0), hold(new Set(), 0)]);
    }
  });
});
