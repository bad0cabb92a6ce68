import { Redis } from 'ioredis';
import { newId } from '#kernel';
import { drained, eventually, startTcpProxy, startTestRedis, type TcpProxy } from '#testing';
import { RedisBackend } from '../src/queues/redis-backend.js';
import { idsOf, released } from './bus-app.js';
import { busUnderTest, effectThenDone } from './bus-under-test.js';

const redis = await startTestRedis();

(redis ? describe : describe.skip)('the bus when Redis is away', () => {
  let proxy: TcpProxy;

  beforeAll(async () => {
    proxy = await startTcpProxy(redis?.url ?? '');
  });

  afterAll(async () => {
    await proxy.close();
    await redis?.stop();
  });

  const under = busUnderTest(() => ({
    redisUrl: proxy.url(redis?.url ?? ''),
    loseJobs: async () => redis?.flush(),
  }));

  it.each(['cut', 'stall'] as const)(
    'keeps every event while Redis is away for 15 s (%s), and every worker goes on when it is back',
    async (fault) => {
      const bus = await under.start(effectThenDone, { leaseMs: 60_000 });
      const company = newId('Company');
      const [before, during, after] = [released(company, 50), released(company, 50), released(company, 50)];
      await bus.publish(before);
      await drained(under.database);
      proxy[fault]();
      await bus.publish(during);
      await new Promise((resolve) => {
        setTimeout(resolve, 15_000); // the outage itself: longer than any wait of a worker
      });
      proxy.restore();
      await bus.publish(after);
      await drained(under.database);
      expect(await under.eye.effects()).toEqual(idsOf([...before, ...during, ...after]));
    },
  );

  it('starts while Redis is away, and consumes once it is there', async () => {
    proxy.cut();
    const bus = await under.start(effectThenDone);
    const events = released(newId('Company'), 5);
    await bus.publish(events);
    proxy.restore();
    await drained(under.database);
    expect(await under.eye.effects()).toEqual(idsOf(events));
  });

  it('shuts down while Redis is away', async () => {
    const bus = await under.start(effectThenDone, { shutdownMs: 500 });
    await bus.publish(released(newId('Company'), 5));
    await drained(under.database);
    proxy.stall();
    const began = Date.now();
    await bus.close();
    proxy.restore();
    expect(Date.now() - began).toBeLessThan(10_000); // a stalled connection reports itself after 30 s
  });

  it('refuses a Redis that would evict jobs, and says what to set', async () => {
    const admin = new Redis(redis?.url ?? '', { replyMapping: 'legacy' });
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const backend = new RedisBackend(redis?.url ?? '');
    try {
      await expect(backend.check()).rejects.toThrow(/maxmemory-policy to "noeviction"/);
    } finally {
      await admin.config('SET', 'maxmemory-policy', 'noeviction');
      admin.disconnect();
      await backend.close();
    }
  });

  it('has no effect for a job that names no batch of ours, or a batch that is done', async () => {
    let calls = 0;
    const bus = await under.start(async (deliveries, context) => {
      calls += 1;
      return effectThenDone(deliveries, context);
    });
    const [event] = released(newId('Company'), 1);
    if (!event) throw new Error('no event');
    await bus.publish([event]);
    await drained(under.database);
    const { batch_id: batchId } = await under.eye.delivery(event);
    const backend = new RedisBackend(redis?.url ?? '');
    const queue = await backend.newQueue('messaging', () => undefined);
    const data = { companies: [event.companyId] };
    for (const jobId of [batchId ?? '', newId('Batch')]) {
      await eventually(() =>
        queue.addBulk([{ name: event.type, data, opts: { jobId, removeOnComplete: true } }]),
      );
      await eventually(async () => (await queue.getJobState(jobId)) === 'unknown');
    }
    await backend.close();
    expect(calls).toBe(1);
    expect(await under.eye.effects()).toEqual(idsOf([event]));
  });
});
