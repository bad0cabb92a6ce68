import { Module } from '@nestjs/common';

/** The links partners hand out. */
@Module({})
export class LinkModule {}
