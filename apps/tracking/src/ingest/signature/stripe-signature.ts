import { createHmac, timingSafeEqual } from 'node:crypto';
import { faultOfTime, type VerifySignature } from './verdict.js';

/**
 * Verifies `Stripe-Signature`: `t=<seconds>,v1=<hex HMAC-SHA256 over "t.body">`.
 *
 * Stripe's library computes the same over the body as decoded text, so that two bodies of different invalid
 * bytes share a signature, and loads its whole API for it. The tests hold this to the library's answers.
 */
export const verifyStripeSignature: VerifySignature<string> = (headers, body, secrets, now) => {
  const header = headers['stripe-signature'];
  if (header === undefined) return 'MISSING';
  if (typeof header !== 'string') return 'MALFORMED';
  const items = header.split(',');
  const signedAt = timestampOf(items);
  if (signedAt === null) return 'MALFORMED';
  const presented = items.filter((item) => item.startsWith('v1=')).map((item) => Buffer.from(item.slice(3)));
  if (!secrets.some((secret) => isSignedBy(secret, `${signedAt}.`, body, presented))) return 'NO_MATCH';
  return faultOfTime(signedAt, now);
};

/** The last `t` is the one that Stripe's library takes for signed, so its age counts. */
function timestampOf(items: readonly string[]): number | null {
  const last = items.findLast((item) => item.startsWith('t='))?.slice(2) ?? '';
  return /^\d{1,12}$/.test(last) ? Number(last) : null;
}

function isSignedBy(secret: string, prefix: string, body: Buffer, presented: readonly Buffer[]): boolean {
  const expected = Buffer.from(createHmac('sha256', secret).update(prefix).update(body).digest('hex'));
  return presented.some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
