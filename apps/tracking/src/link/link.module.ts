import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { CompanyLinkController } from './company-link.controller.js';
import { CreateLink } from './create-link.js';
import { DestinationDomainController } from './destination-domain.controller.js';
import { GiveLink } from './give-link.js';
import { LinkController } from './link.controller.js';
import { ReadDestinationDomains } from './read-destination-domains.js';
import { ReadLinks } from './read-links.js';
import { SetDestinationDomains } from './set-destination-domains.js';

/** The links partners hand out. */
@Module({
  imports: [DatabaseModule.forService('tracking')],
  controllers: [CompanyLinkController, DestinationDomainController, LinkController],
  providers: [CreateLink, GiveLink, ReadDestinationDomains, ReadLinks, SetDestinationDomains],
})
export class LinkModule {}
