import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { faultOfTime, type VerifySignature } from './verdict.js';

const ID = /^[\x21-\x7e]{1,255}$/;
const SECONDS = /^\d{1,12}$/;
const PREFIX = 'whsec_';

/**
 * Verifies a Standard Webhooks signature: base64 HMAC-SHA256 over `id.timestamp.body`.
 *
 * The `standardwebhooks` library computes the same in plain JavaScript over the body as decoded text: too
 * slow for this path, and two bodies of different invalid bytes would share a signature. The tests hold
 * this to the library's answers.
 */
export const verifyStandardWebhook: VerifySignature<KeyObject> = (headers, body, keys, now) => {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (id === undefined || timestamp === undefined || signatures === undefined) return 'MISSING';
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return 'MALFORMED';
  }
  if (!ID.test(id) || !SECONDS.test(timestamp)) return 'MALFORMED';
  const presented = presentedSignatures(signatures);
  if (presented.length === 0) return 'MALFORMED';
  if (!keys.some((key) => isSignedBy(key, `${id}.${timestamp}.`, body, presented))) return 'NO_MATCH';
  return faultOfTime(Number(timestamp), now);
};

/** The key inside a `whsec_…` secret (24 to 64 bytes, base64), or null when it is no such secret. */
export function standardWebhookKey(secret: string): KeyObject | null {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) return null;
  const bytes = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return bytes.length >= 24 && bytes.length <= 64 ? createSecretKey(bytes) : null;
}

/** The `v1` signatures of a header; only while a sender rotates its secrets are there several. */
function presentedSignatures(header: string): Buffer[] {
  const entries = header.includes(' ') ? header.split(' ') : [header];
  return entries.filter((entry) => entry.startsWith('v1,')).map((entry) => Buffer.from(entry.slice(3)));
}

function isSignedBy(key: KeyObject, prefix: string, body: Buffer, presented: readonly Buffer[]): boolean {
  const expected = Buffer.from(createHmac('sha256', key).update(prefix).update(body).digest('base64'));
  return presented.some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
