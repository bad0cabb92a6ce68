import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { AcceptWebhook } from './accept-webhook.js';
import { CommitRequests } from './commit-requests.js';
import { IngestController } from './ingest.controller.js';
import { IntegrationDirectory } from './integration-directory.js';
import { RawBodyUpkeep } from './raw-body-upkeep.js';
import { ReadWebhookRequests } from './read-webhook-requests.js';
import { ReadSignatureFailures } from './read-signature-failures.js';
import { RequestStore } from './request-store.js';
import { SignatureFailureController } from './signature-failure.controller.js';
import { SignatureFailures } from './signature-failures.js';
import { WebhookRequestController } from './webhook-request.controller.js';

/** The border to companies' platforms: signed in, stored byte for byte, answered only when durable. */
@Module({
  imports: [DatabaseModule.forService('tracking')],
  controllers: [IngestController, WebhookRequestController, SignatureFailureController],
  providers: [
    AcceptWebhook,
    CommitRequests,
    IntegrationDirectory,
    RawBodyUpkeep,
    ReadWebhookRequests,
    ReadSignatureFailures,
    RequestStore,
    SignatureFailures,
  ],
})
export class IngestModule {}
