import { MikroORM } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import { createTestDatabase, eventually, startTcpProxy, type TcpProxy, type TestDatabase } from '#testing';
import { Database } from './database.js';

describe('a scoped transaction', () => {
  let server: TestDatabase;
  let proxy: TcpProxy;
  let orm: MikroORM;
  let database: Database;

  beforeAll(async () => {
    server = await createTestDatabase();
    proxy = await startTcpProxy(server.url);
    orm = await MikroORM.init({
      clientUrl: proxy.url(server.url),
      entities: [],
      pool: { max: 2 },
      discovery: { warnWhenNoEntities: false },
    });
    database = new Database(orm, 'tracking');
  });

  afterAll(async () => {
    await orm.close(true);
    await proxy.close();
    await server.drop();
  });

  it('runs in its role and scope, and leaves nothing of them on the connection', async () => {
    const whoAmI = `select current_user as role, current_setting('fairlead.companies', true) as companies`;
    const [inside] = await database.transaction({ companies: [] }, (tx) => tx.query(whoAmI));
    expect(inside).toEqual({ role: 'fairlead_tracking', companies: '{}' });
    const outside = await orm.em.getConnection().execute(whoAmI);
    expect(outside).toEqual([{ role: 'fairlead', companies: '' }]);
  });

  it('leaves nothing of them either after a statement by itself', async () => {
    const whoAmI = `select current_user as role, current_setting('fairlead.companies', true) as companies`;
    for (let time = 0; time < 3; time += 1) {
      const inside = await database.statements({ companies: [] }).query(whoAmI);
      expect(inside).toEqual([{ role: 'fairlead_tracking', companies: '{}' }]);
      const outside = await orm.em.getConnection().execute(whoAmI);
      expect(outside).toEqual([{ role: 'fairlead', companies: '' }]);
    }
  });

  it('calls back after a commit and never after a rollback', async () => {
    const called: string[] = [];
    await database.transaction({ companies: [] }, async (tx) =>
      tx.afterCommit(() => called.push('committed')),
    );
    const failing = database.transaction({ companies: [] }, async (tx) => {
      tx.afterCommit(() => called.push('rolled back'));
      await tx.query('select 1 / 0');
    });
    await expect(failing).rejects.toThrow('division by zero');
    expect(called).toEqual(['committed']);
  });

  it('leaves the pool as large as it was, however often PostgreSQL goes away in the middle', async () => {
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

  it('fails once at the most when a migration changed a table under its prepared statements', async () => {
    const admin = new Client({ connectionString: server.adminUrl });
    await admin.connect();
    await admin.query('create table public.changing (a int); insert into public.changing values (1)');
    await admin.query('grant select on public.changing to fairlead_tracking');
    const read = () =>
      database.transaction({ companies: [] }, (tx) => tx.query('select * from public.changing'));
    expect(await read()).toEqual([{ a: 1 }]);
    await admin.query('alter table public.changing add b int default 2');
    await admin.end();
    await read().catch(() => undefined);
    expect(await read()).toEqual([{ a: 1, b: 2 }]);
  });
});
