import type { ThrottlerStorage } from '@nestjs/throttler';
import { LRUCache } from 'lru-cache';

type Increment = ThrottlerStorage['increment'];

interface Window {
  hits: number;
  readonly endsAt: number;
}

/** Callers counted at the same time; the longest silent are forgotten first. */
const MAX_CALLERS = 100_000;

/**
 * Counts in this process, in fixed windows as the storage in Redis does. Costs the same however high a limit
 * is (the throttler's own storage keeps and filters every hit).
 */
export class MemoryThrottlerStorage implements ThrottlerStorage {
  readonly #windows = new LRUCache<string, Window>({ max: MAX_CALLERS });

  increment(...[key, ttl, limit]: Parameters<Increment>): ReturnType<Increment> {
    const now = Math.round(performance.now());
    const window = this.#windowOf(key, ttl, now);
    window.hits += 1;
    const timeToExpire = Math.ceil((window.endsAt - now) / 1000);
    const isBlocked = window.hits > limit;
    return Promise.resolve({
      totalHits: window.hits,
      timeToExpire,
      isBlocked,
      timeToBlockExpire: isBlocked ? timeToExpire : 0,
    });
  }

  #windowOf(key: string, ttl: number, now: number): Window {
    const current = this.#windows.get(key);
    if (current && current.endsAt > now) return current;
    const next = { hits: 0, endsAt: now + ttl };
    this.#windows.set(key, next);
    return next;
  }
}
