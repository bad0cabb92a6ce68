import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { CreateLink } from './create-link.js';
import { DestinationDomainController } from './destination-domain.controller.js';
import { LinkController } from './link.controller.js';
import { ReadDestinationDomains } from './read-destination-domains.js';
import { ReadLinks } from './read-links.js';
import { SetDestinationDomains } from './set-destination-domains.js';

/** The links partners hand out. */
@Module({
  imports: [DatabaseModule.forService('tracking')],
  controllers: [DestinationDomainController, LinkController],
  providers: [CreateLink, ReadDestinationDomains, ReadLinks, SetDestinationDomains],
})
export class LinkModule {}
