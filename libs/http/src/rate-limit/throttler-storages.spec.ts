import type { ThrottlerStorage } from '@nestjs/throttler';
import { eventually, startTestRedis } from '#testing';
import { MemoryThrottlerStorage } from './memory-throttler-storage.js';
import { redisThrottlerStorage } from './redis-throttler-storage.js';

const redis = await startTestRedis();
afterAll(() => redis?.stop());

const storages: [name: string, start: () => ThrottlerStorage][] = [
  ['memory', () => new MemoryThrottlerStorage()],
];
if (redis) storages.push(['Redis', () => redisThrottlerStorage(redis.url)]);

describe.each(storages)('limits kept in %s', (_name, start) => {
  let storage: ThrottlerStorage & { onApplicationShutdown?: () => void };

  beforeAll(async () => {
    storage = start();
    await eventually(async () => (await hit('ready')).totalHits > 0);
  });

  afterAll(() => storage.onApplicationShutdown?.());

  const hit = (key: string, ttl = 60_000) => storage.increment(key, ttl, 2, ttl, 'default');

  it('allow as many as the limit says and not one more, each key for itself', async () => {
    expect(await hit('a')).toMatchObject({ totalHits: 1, isBlocked: false, timeToExpire: 60 });
    expect(await hit('a')).toMatchObject({ totalHits: 2, isBlocked: false });
    expect(await hit('a')).toMatchObject({ totalHits: 3, isBlocked: true, timeToBlockExpire: 60 });
    expect(await hit('b')).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  it('allow again once the window is over, however often one tried meanwhile', async () => {
    for (let tried = 0; tried < 5; tried++) await hit('c', 200);
    const next = await eventually(async () => {
      const answer = await hit('c', 200);
      return answer.isBlocked ? null : answer;
    });
    expect(next.totalHits).toBe(1);
  });
});
