import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { ClickModule } from '../click/click.module.js';
import { FallbackUrl } from './fallback-url.js';
import { LinkDirectory } from './link-directory.js';
import { LinkLookup } from './link-lookup.js';
import { LinkRefresh } from './link-refresh.js';
import { LinkSource } from './link-source.js';
import { RedirectRoute } from './redirect.route.js';

/** What happens when somebody follows a partner's link. */
@Module({
  imports: [ClickModule, DatabaseModule.forService('tracking')],
  providers: [FallbackUrl, LinkDirectory, LinkLookup, LinkRefresh, LinkSource, RedirectRoute],
})
export class RedirectModule {}
