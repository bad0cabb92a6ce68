import { Module } from '@nestjs/common';
import { CodeModule } from './code/code.module.js';
import { IngestModule } from './ingest/ingest.module.js';
import { IntegrationModule } from './integration/integration.module.js';
import { LinkModule } from './link/link.module.js';
import { NormaliseModule } from './normalise/normalise.module.js';
import { RedirectModule } from './redirect/redirect.module.js';

/** Links, codes, clicks and the facts that companies' platforms report. */
@Module({
  imports: [LinkModule, CodeModule, RedirectModule, IntegrationModule, IngestModule, NormaliseModule],
})
export class TrackingModule {}
