import { ApiProperty } from '@nestjs/swagger';
import { REFERRAL_KINDS, type ReferralKind } from '#contracts';
import { PageType } from '#http';
import { publicId } from '#kernel';
import type { WaitingReferral } from './list-waiting.js';
import {
  REFERRAL_STEPS,
  type ReferralStep,
  type ReferralStepName,
  STEP_SIDES,
  type StepSide,
} from './referral-step.js';

/** One entry of a lead's or deal's history. */
export class ReferralStepDto {
  @ApiProperty({ enum: REFERRAL_STEPS })
  step!: ReferralStepName;

  @ApiProperty({ type: String, nullable: true, description: 'Name of the stage it was in from then on' })
  stage!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What was said about it' })
  note!: string | null;

  @ApiProperty({
    enum: STEP_SIDES,
    description: 'fairlead: by a rule of the program, or because time was over',
  })
  by!: StepSide;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

export class ReferralHistoryPage extends PageType(ReferralStepDto) {}

/** What waits for approval, without the person. */
export class WaitingReferralDto {
  @ApiProperty({ example: 'rfl_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ enum: REFERRAL_KINDS })
  kind!: ReferralKind;

  @ApiProperty({ enum: ['AWAITING_APPROVAL'] })
  reason!: 'AWAITING_APPROVAL';

  @ApiProperty({ example: 'This lead waits for the approval of the company.' })
  message!: string;

  @ApiProperty({ format: 'date-time' })
  submittedAt!: string;
}

export class WaitingReferralPage extends PageType(WaitingReferralDto) {}

export const showStep = ({ step, stageName, note, side, at }: ReferralStep): ReferralStepDto => ({
  step,
  stage: stageName,
  note,
  by: side,
  at: at.toISOString(),
});

export const showWaiting = ({ referralId, kind, submittedAt }: WaitingReferral): WaitingReferralDto => ({
  id: publicId('Referral', referralId),
  kind,
  reason: 'AWAITING_APPROVAL',
  message: `This ${kind} waits for the approval of the company.`,
  submittedAt: submittedAt.toISOString(),
});
