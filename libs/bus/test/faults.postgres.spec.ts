import { newId } from '#kernel';
import { drained, eventually } from '#testing';
import { busHealth } from '../src/index.js';
import { Database } from '#database';
import { MikroORM } from '@mikro-orm/postgresql';
import { idsOf, released } from './bus-app.js';
import { busUnderTest, effectThenDone } from './bus-under-test.js';

describe('the bus when PostgreSQL connections are lost', () => {
  const under = busUnderTest(() => ({ redisUrl: null, loseJobs: () => Promise.resolve() }));

  const terminate = (application: string) =>
    under.eye.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like $1`,
      [application],
    );

  const bothListen = () =>
    eventually(async () => {
      const lines = await under.eye.query(
        `select 1 from pg_stat_activity
          where datname = current_database() and application_name = 'fairlead-wake' and query like 'listen%'`,
      );
      return lines.length === 2;
    });

  it('wakes a consumer in another process without waiting for its poll', async () => {
    await under.start(effectThenDone, { pollMs: 600_000 });
    const publisher = await under.startPublisher();
    await bothListen();
    const events = released(newId('Company'), 3);
    await publisher.publish(events);
    await drained(under.database);
    expect(await under.eye.effects()).toEqual(idsOf(events));
  });

  it('finds events by polling while the wake-up connection is lost', async () => {
    await under.start(effectThenDone);
    const publisher = await under.startPublisher();
    const events = released(newId('Company'), 3);
    await bothListen();
    await terminate('fairlead-wake');
    await publisher.publish(events);
    await drained(under.database); // a wake-up that was lost is not sent again when the line is back
    expect(await under.eye.effects()).toEqual(idsOf(events));
    await bothListen();
  });

  it('goes on after every connection to PostgreSQL was cut in mid-load', async () => {
    const bus = await under.start(effectThenDone, { concurrency: 2, batchSize: 20 });
    const events = released(newId('Company'), 400);
    await bus.publish(events);
    for (let time = 0; time < 3; time++) {
      const before = (await under.eye.effects()).length;
      await terminate('fairlead%');
      await under.eye.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and usename = 'fairlead'`,
      );
      await eventually(async () => (await under.eye.effects()).length > before || before === events.length);
    }
    await drained(under.database);
    expect(await under.eye.effects()).toEqual(idsOf(events));
  });

  it('stays within its share of database connections, and reports what waits', async () => {
    const bus = await under.start(async (deliveries, context) => {
      if (deliveries.length > 0) throw new Error('no');
      return effectThenDone(deliveries, context);
    });
    await bus.publish(released(newId('Company'), 60));
    await drained(under.database);
    const [{ count } = { count: 0 }] = await under.eye.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where datname = current_database() and usename = 'fairlead'`,
    );
    expect(count).toBeLessThanOrEqual(8 + 8 + 1);
    const health = await busHealth(new Database(bus.app.get(MikroORM), 'reconciliation'), new Date());
    expect(health.find((one) => one.consumer === 'messaging')).toMatchObject({ ready: 0, sent: 0, dead: 60 });
  });
});
