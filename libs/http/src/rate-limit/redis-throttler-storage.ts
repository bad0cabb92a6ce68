import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { Redis } from 'ioredis';

type Increment = ThrottlerStorage['increment'];

/** Counts one request in a fixed window and gives the count and the window's rest in milliseconds. */
const COUNT = `
  local hits = redis.call('INCR', KEYS[1])
  if hits == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
  return { hits, redis.call('PTTL', KEYS[1]) }`;

/**
 * Counts in Redis, so that all replicas share a limit. While Redis is away nothing is limited: a limit
 * must not take the product down with it. (The community's storage package stops at Nest 11.)
 */
class RedisThrottlerStorage implements ThrottlerStorage, OnApplicationShutdown {
  readonly #logger = new Logger('RateLimit');
  readonly #redis: Redis;

  constructor(url: string) {
    this.#redis = new Redis(url, { lazyConnect: true, enableOfflineQueue: false, maxRetriesPerRequest: 1 });
    this.#redis.on('error', (error: Error) => this.#logger.warn(`limits are not counted: ${error.message}`));
    void this.#redis.connect().catch(() => undefined);
  }

  async increment(...[key, ttl, limit]: Parameters<Increment>): ReturnType<Increment> {
    const [hits, rest] = await this.#count(key, ttl);
    const timeToExpire = Math.ceil(rest / 1000);
    const isBlocked = hits > limit;
    return { totalHits: hits, timeToExpire, isBlocked, timeToBlockExpire: isBlocked ? timeToExpire : 0 };
  }

  async #count(key: string, ttl: number): Promise<[hits: number, restMs: number]> {
    try {
      return (await this.#redis.eval(COUNT, 1, `{fairlead:limits}:${key}`, ttl)) as [number, number];
    } catch {
      return [0, ttl];
    }
  }

  onApplicationShutdown(): void {
    this.#redis.disconnect();
  }
}

export const redisThrottlerStorage = (url: string): ThrottlerStorage => new RedisThrottlerStorage(url);
