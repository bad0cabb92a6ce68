import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { CreateLink } from './create-link.js';
import { LinkController } from './link.controller.js';
import { ReadLinks } from './read-links.js';

/** The links partners hand out. */
@Module({
  imports: [DatabaseModule.forService('tracking')],
  controllers: [LinkController],
  providers: [CreateLink, ReadLinks],
})
export class LinkModule {}
