import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is not trusted. */
export const SIGNATURE_FAULTS = ['MISSING', 'MALFORMED', 'NO_MATCH', 'TOO_OLD', 'IN_FUTURE'] as const;
export type SignatureFault = (typeof SIGNATURE_FAULTS)[number];

/** Checks a request against the secrets in force; null when one of them signed it, in time. */
export type VerifySignature<Secret> = (
  headers: IncomingHttpHeaders,
  body: Buffer,
  secrets: readonly Secret[],
  now: Date,
) => SignatureFault | null;

/** Standard Webhooks and Stripe both ask for five minutes. */
const TOLERANCE_SECONDS = 300;

/** A signature is for its moment: what is older or newer may be a recording played back. */
export function faultOfTime(signedAtSeconds: number, now: Date): SignatureFault | null {
  const age = Math.floor(now.getTime() / 1000) - signedAtSeconds;
  if (age > TOLERANCE_SECONDS) return 'TOO_OLD';
  return age < -TOLERANCE_SECONDS ? 'IN_FUTURE' : null;
}
