import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { IfGiven, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import { APPLICATION_STATES, type ApplicationState } from './application.entity.js';
import type { ApplicationView } from './view-application.js';

export class ApplyBody {
  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  @Length(1, 40)
  programId!: string;

  @ApiPropertyOptional({
    type: 'integer',
    description: "Accepts this version of the program's terms in the same step",
  })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  acceptTermsVersion?: number;

  @ApiPropertyOptional({ maxLength: 2000, description: 'What the company should know about you' })
  @IfGiven()
  @IsString()
  @Length(1, 2000)
  message?: string;
}

export class ApproveBody {
  @ApiPropertyOptional({ maxLength: 1000, description: 'Shown to the partner' })
  @IfGiven()
  @IsString()
  @Length(1, 1000)
  reason?: string;
}

export class DeclineBody {
  @ApiProperty({
    maxLength: 1000,
    description: 'Shown to the partner, who can answer to it by applying again',
  })
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must say why' })
  reason!: string;
}

export class ApplicationsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: APPLICATION_STATES })
  @IfGiven()
  @IsIn(APPLICATION_STATES)
  state?: ApplicationState;
}

export class ApplicantDto {
  @ApiProperty({ example: 'prt_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  email!: string;
}

export class ApplicationDto {
  @ApiProperty({ example: 'app_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  partnershipId!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty()
  partner!: ApplicantDto;

  @ApiProperty({ enum: APPLICATION_STATES })
  state!: ApplicationState;

  @ApiProperty({ type: String, nullable: true })
  message!: string | null;

  @ApiProperty({ format: 'date-time' })
  appliedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  reviewedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The company's reason" })
  reason!: string | null;
}

export class ApplicationPage extends PageType(ApplicationDto) {}

export function showApplication(view: ApplicationView): ApplicationDto {
  return {
    id: publicId('Application', view.applicationId),
    partnershipId: publicId('Partnership', view.partnershipId),
    programId: publicId('Program', view.programId),
    partner: {
      id: publicId('Partner', view.partner.partnerId),
      name: view.partner.name,
      email: view.partner.email,
    },
    state: view.state,
    message: view.message,
    appliedAt: view.appliedAt.toISOString(),
    reviewedAt: view.reviewedAt?.toISOString() ?? null,
    reason: view.reason,
  };
}
