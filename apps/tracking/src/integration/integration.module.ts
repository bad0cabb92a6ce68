import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { ChangeIntegration } from './change-integration.js';
import { ChangeMapping } from './change-mapping.js';
import { ConnectIntegration } from './connect-integration.js';
import { IntegrationController } from './integration.controller.js';
import { MappingController, OpsMappingController } from './mapping.controller.js';
import { ReadIntegrations } from './read-integrations.js';
import { RevokeSecret } from './revoke-secret.js';
import { RotateSecret } from './rotate-secret.js';
import { Secrets } from './secrets.js';

/** Companies' connected platforms, their signing secrets and the mapping of their bodies. */
@Module({
  imports: [DatabaseModule.forService('tracking')],
  controllers: [IntegrationController, MappingController, OpsMappingController],
  providers: [
    ReadIntegrations,
    ConnectIntegration,
    ChangeIntegration,
    RotateSecret,
    RevokeSecret,
    ChangeMapping,
    Secrets,
  ],
})
export class IntegrationModule {}
