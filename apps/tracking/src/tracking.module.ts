import { Module } from '@nestjs/common';
import { LinkModule } from './link/link.module.js';
import { RedirectModule } from './redirect/redirect.module.js';

/** Links, clicks and the facts that companies' platforms report. */
@Module({ imports: [LinkModule, RedirectModule] })
export class TrackingModule {}
