import { Stripe } from 'stripe';
import { faultOfTime, type VerifySignature } from './verdict.js';

/** Verifies `Stripe-Signature` by Stripe's own library; the library knows no limit for future times. */
export const verifyStripeSignature: VerifySignature<string> = (headers, body, secrets, now) => {
  const header = headers['stripe-signature'];
  if (header === undefined) return 'MISSING';
  const signedAt = typeof header === 'string' ? timestampOf(header) : null;
  if (typeof header !== 'string' || signedAt === null) return 'MALFORMED';
  if (!secrets.some((secret) => isSignedBy(secret, header, body))) return 'NO_MATCH';
  return faultOfTime(signedAt, now);
};

/** Zero: the library leaves the time to us. */
const NO_TOLERANCE_CHECK = 0;

function isSignedBy(secret: string, header: string, body: Buffer): boolean {
  try {
    return Stripe.webhooks.signature?.verifyHeader(body, header, secret, NO_TOLERANCE_CHECK) ?? false;
  } catch {
    return false;
  }
}

/** The library signs with the last `t` of the header, so that is the one whose age counts. */
function timestampOf(header: string): number | null {
  const times = header.split(',').filter((item) => item.startsWith('t='));
  const last = times.at(-1)?.slice(2) ?? '';
  return /^\d{1,12}$/.test(last) ? Number(last) : null;
}
