import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { IfGiven, PageQuery, PageType, PARTNERSHIP_STATES, type PartnershipState } from '#http';
import { publicId } from '#kernel';
import { ApplicantDto } from '../application/application.dto.js';
import type { PartnershipGroup, PartnershipView } from './view-partnership.js';

export class PartnershipsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  @IfGiven()
  @IsString()
  programId?: string;

  @ApiPropertyOptional({
    example: 'grp_01h455vb4pex5vsknk084sn02q',
    description: 'Partners who are in it now',
  })
  @IfGiven()
  @IsString()
  groupId?: string;

  @ApiPropertyOptional({ enum: PARTNERSHIP_STATES })
  @IfGiven()
  @IsIn(PARTNERSHIP_STATES)
  state?: PartnershipState;
}

export class ChangePartnershipBody {
  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description: 'null follows the group and the program again',
  })
  @ValidateIf((_body: unknown, value: unknown) => value !== undefined && value !== null)
  @IsBoolean()
  linksEnabled?: boolean | null;

  @ApiPropertyOptional({ description: 'Whether a membership that has ended may be asked for again' })
  @IfGiven()
  @IsBoolean()
  mayApplyAgain?: boolean;
}

export class RemovePartnerBody {
  @ApiProperty({ maxLength: 1000, description: 'Shown to the partner' })
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must say why' })
  reason!: string;

  @ApiPropertyOptional({ default: true, description: 'false: no new application of this partner is taken' })
  @IfGiven()
  @IsBoolean()
  mayApplyAgain?: boolean;
}

export class PartnershipGroupDto {
  @ApiProperty({ example: 'grp_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ format: 'date-time' })
  since!: string;
}

export class PartnershipDto {
  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty()
  partner!: ApplicantDto;

  @ApiProperty({ description: 'The group whose offers and features apply now' })
  group!: PartnershipGroupDto;

  @ApiProperty({ type: PartnershipGroupDto, nullable: true, description: 'A move planned for later' })
  nextGroup!: PartnershipGroupDto | null;

  @ApiProperty({ enum: PARTNERSHIP_STATES })
  state!: PartnershipState;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  approvedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why the company removed the partner' })
  endReason!: string | null;

  @ApiProperty({
    description: 'Whether the current version of the terms is accepted; true when there are none',
  })
  hasAcceptedTerms!: boolean;

  @ApiProperty({ description: 'Whether links are enabled, by the program or for this partner' })
  linksEnabled!: boolean;

  @ApiProperty({ type: Boolean, nullable: true, description: "The company's word for this partner alone" })
  linksOverride!: boolean | null;

  @ApiProperty({ description: 'Whether leads are enabled, by the program or the group' })
  leadsEnabled!: boolean;

  @ApiProperty({ description: 'Whether deals are enabled, by the program or the group' })
  dealsEnabled!: boolean;

  @ApiProperty({ description: 'false: the company barred the partner from applying again' })
  mayApplyAgain!: boolean;
}

export class PartnershipPage extends PageType(PartnershipDto) {}

export function showPartnership(view: PartnershipView): PartnershipDto {
  return {
    id: publicId('Partnership', view.partnershipId),
    programId: publicId('Program', view.programId),
    partner: {
      id: publicId('Partner', view.partner.partnerId),
      name: view.partner.name,
      email: view.partner.email,
    },
    group: showGroupOf(view.group),
    nextGroup: view.nextGroup && showGroupOf(view.nextGroup),
    state: view.state,
    approvedAt: view.approvedAt?.toISOString() ?? null,
    endedAt: view.endedAt?.toISOString() ?? null,
    endReason: view.endReason,
    hasAcceptedTerms: view.hasAcceptedTerms,
    linksEnabled: view.areLinksEnabled,
    linksOverride: view.linksOverride,
    leadsEnabled: view.areLeadsEnabled,
    dealsEnabled: view.areDealsEnabled,
    mayApplyAgain: view.mayApplyAgain,
  };
}

export function showGroupOf({ groupId, name, since }: PartnershipGroup): PartnershipGroupDto {
  return { id: publicId('Group', groupId), name, since: since.toISOString() };
}
