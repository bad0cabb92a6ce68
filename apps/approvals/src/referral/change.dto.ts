import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { IfGiven, IsMailAddress, IsTime, PageQuery } from '#http';
import { REFERRAL_STATES, type ReferralState } from './referral-state.js';
import { IsDay, MoneyBody } from './submission.dto.js';

export class OwnReferralsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: REFERRAL_STATES })
  @IfGiven()
  @IsIn(REFERRAL_STATES)
  state?: ReferralState;
}

export class ReferralsQuery extends OwnReferralsQuery {
  @ApiPropertyOptional({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  @IfGiven()
  @IsString()
  programId?: string;

  @ApiPropertyOptional({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  @IfGiven()
  @IsString()
  partnershipId?: string;

  @ApiPropertyOptional({ example: 'qualified', description: 'Key of a stage' })
  @IfGiven()
  @IsString()
  @Length(1, 40)
  stage?: string;

  @ApiPropertyOptional({ example: 'ada@acme.example', description: 'The contact, whole and in any case' })
  @IfGiven()
  @IsMailAddress()
  contactEmail?: string;
}

export class ChangeReferralBody {
  @ApiPropertyOptional({ type: MoneyBody, description: 'What it is worth' })
  @IfGiven()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => MoneyBody)
  worth?: MoneyBody;

  @ApiPropertyOptional({ format: 'date', example: '2026-09-30' })
  @IfGiven()
  @IsDay()
  expectedCloseOn?: string;
}

export class MoveReferralBody {
  @ApiProperty({ example: 'qualified', description: "Key of a stage of the partner's group" })
  @IsString()
  @Length(1, 40)
  stage!: string;

  @ApiPropertyOptional({ maxLength: 1000, description: 'Shown to the partner' })
  @IfGiven()
  @IsString()
  @Length(1, 1000)
  note?: string;
}

class CloseBody {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When it was closed, between its submission and now; left out: now',
  })
  @IfGiven()
  @IsTime()
  closedAt?: string;
}

export class CloseWonBody extends CloseBody {
  @ApiProperty({ maxLength: 255, description: 'Your own key of the customer that it became' })
  @IsString()
  @Length(1, 255)
  @Matches(/\S/, { message: 'must be your own key of the customer' })
  customerKey!: string;

  @ApiPropertyOptional({ type: MoneyBody, description: 'What it was worth; left out: as said before' })
  @IfGiven()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => MoneyBody)
  worth?: MoneyBody;
}

export class CloseLostBody extends CloseBody {
  @ApiProperty({ maxLength: 1000, description: 'Shown to the partner' })
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must say why' })
  reason!: string;
}

/** For what a company may not do without saying why. */
export class ReferralReasonBody {
  @ApiProperty({ maxLength: 1000, description: 'Shown to the partner' })
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must say why' })
  reason!: string;
}

export class ApproveReferralBody {
  @ApiPropertyOptional({ maxLength: 1000, description: 'Shown to the partner' })
  @IfGiven()
  @IsString()
  @Length(1, 1000)
  reason?: string;
}

export class ExtendDealBody {
  @ApiProperty({ format: 'date-time', description: 'Until when the deal keeps its account' })
  @IsTime()
  until!: string;

  @ApiPropertyOptional({ maxLength: 1000, description: 'Shown to the partner' })
  @IfGiven()
  @IsString()
  @Length(1, 1000)
  note?: string;
}
