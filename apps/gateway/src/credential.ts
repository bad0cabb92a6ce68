import { createHash, randomBytes } from 'node:crypto';

/** 256 bits of randomness: too much to guess, so a plain SHA-256 of it is safe to store. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a token. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
