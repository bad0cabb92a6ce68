import type { IncomingHttpHeaders } from 'node:http';
import type { IntegrationKind } from '../../integration/integration.js';
import { standardWebhookKey, verifyStandardWebhook } from './standard-webhooks.js';
import { verifyStripeSignature } from './stripe-signature.js';
import type { SignatureFault } from './verdict.js';

/** Checks a request's signature against an integration's secrets in force. */
export type Signer = (headers: IncomingHttpHeaders, body: Buffer, now: Date) => SignatureFault | null;

/** @param secrets the secrets in force, oldest first; any of them may sign */
export function signerOf(kind: IntegrationKind, secrets: readonly string[]): Signer {
  if (kind === 'stripe') {
    return (headers, body, now) => verifyStripeSignature(headers, body, secrets, now);
  }
  const keys = secrets.map(standardWebhookKey).filter((key) => key !== null);
  return (headers, body, now) => verifyStandardWebhook(headers, body, keys, now);
}
