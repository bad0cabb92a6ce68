import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Principal } from '#http';

/** How long a revoked credential may still work in another process. */
const LIFETIME_MS = 5_000;

export interface KnownCredential {
  readonly principal: Principal;
  /** When it stops working by itself; null when it does not. */
  readonly expiresAt: Date | null;
}

/** Credentials seen a moment ago, by the hash of their token and account: spares a query per request. */
@Injectable()
export class CredentialCache {
  readonly #known = new LRUCache<string, KnownCredential>({ max: 20_000, ttl: LIFETIME_MS });

  get(key: Buffer): KnownCredential | undefined {
    return this.#known.get(key.toString('base64'));
  }

  set(key: Buffer, credential: KnownCredential): void {
    this.#known.set(key.toString('base64'), credential);
  }

  /** Call after a revocation, so that this process honours it at once. */
  clear(): void {
    this.#known.clear();
  }
}
