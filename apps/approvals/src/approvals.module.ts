import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';

/** Programs, terms, applications and partnerships: who may promote what, since when, on which terms. */
@Module({ imports: [DatabaseModule.forService('approvals')] })
export class ApprovalsModule {}
