import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { FailureLimit } from '#http';
import { Clock, newId } from '#kernel';
import { stripeIdentity } from '../adapters/stripe/stripe-identity.js';
import { CommitRequests } from './commit-requests.js';
import { InvalidSignature } from './ingest.errors.js';
import { IntegrationDirectory, type KnownIntegration } from './integration-directory.js';
import type { Receipt } from './received-request.js';
import { SignatureFailures } from './signature-failures.js';

/**
 * The border: a request is trusted by its signature alone, then stored byte for byte. Nothing else is asked
 * of it here, so whatever a company signs is kept, also what nobody can read.
 */
@Injectable()
export class AcceptWebhook {
  constructor(
    private readonly directory: IntegrationDirectory,
    private readonly commitRequests: CommitRequests,
    private readonly signatureFailures: SignatureFailures,
    private readonly failureLimit: FailureLimit,
    private readonly clock: Clock,
  ) {}

  /**
   * @param publicId the integration as the URL names it
   * @throws NotFound, InvalidSignature, AppError `rate_limited` after many wrong signatures, Unavailable
   */
  async execute(publicId: string, headers: IncomingHttpHeaders, body: Buffer): Promise<Receipt> {
    const known = this.directory.find(publicId);
    const integration = known instanceof Promise ? await known : known;
    const now = this.clock.now();
    const fault = integration.signer(headers, body, now);
    if (fault) {
      this.signatureFailures.count(integration, fault, keptHeaders(headers));
      await this.failureLimit.count(`signature:${publicId}`);
      throw new InvalidSignature(fault);
    }
    return this.commitRequests.execute({
      integration,
      requestId: newId('WebhookRequest'),
      receivedAt: now,
      headers: keptHeaders(headers),
      body,
      ...identityOf(integration, headers, body),
    });
  }
}

function identityOf(integration: KnownIntegration, headers: IncomingHttpHeaders, body: Buffer) {
  if (integration.kind === 'stripe') return stripeIdentity(body);
  const externalId = headers['webhook-id'];
  if (typeof externalId !== 'string') throw new InvalidSignature('MISSING');
  return { externalId, contentHash: hash('sha256', body, 'hex'), eventType: null };
}

const KEPT = ['content-type', 'user-agent', 'webhook-id', 'webhook-timestamp'] as const;
const MAX_HEADER = 500;

function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value.slice(0, MAX_HEADER);
  }
  return kept;
}
