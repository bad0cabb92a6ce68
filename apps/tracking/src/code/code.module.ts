import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { AnnounceCode } from './announce-code.js';
import { AssignCode } from './assign-code.js';
import { CodeController } from './code.controller.js';
import { CreateCode } from './create-code.js';
import { PartnerCodeController } from './partner-code.controller.js';
import { ReadCodes } from './read-codes.js';
import { RetireCode } from './retire-code.js';

/** The discount codes that name a partner. */
@Module({
  imports: [DatabaseModule.forService('tracking')],
  controllers: [CodeController, PartnerCodeController],
  providers: [AnnounceCode, AssignCode, CreateCode, ReadCodes, RetireCode],
})
export class CodeModule {}
