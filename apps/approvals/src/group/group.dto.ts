import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsString, ValidateIf } from 'class-validator';
import { IfGiven, IsName, IsTime, PageType } from '#http';
import { publicId } from '#kernel';
import type { Group } from './group.js';

const FEATURE = { type: Boolean, nullable: true, description: 'null follows the program' };
const IfBoolean = () => ValidateIf((_body: unknown, value: unknown) => value !== undefined && value !== null);

class GroupFeaturesBody {
  @ApiPropertyOptional(FEATURE)
  @IfBoolean()
  @IsBoolean()
  linksEnabled?: boolean | null;

  @ApiPropertyOptional(FEATURE)
  @IfBoolean()
  @IsBoolean()
  leadsEnabled?: boolean | null;

  @ApiPropertyOptional(FEATURE)
  @IfBoolean()
  @IsBoolean()
  dealsEnabled?: boolean | null;
}

export class CreateGroupBody extends GroupFeaturesBody {
  @ApiProperty({ maxLength: 120, description: 'Unique among the groups of the program' })
  @IsName(120)
  name!: string;
}

export class ChangeGroupBody extends GroupFeaturesBody {
  @ApiPropertyOptional({ maxLength: 120 })
  @IfGiven()
  @IsName(120)
  name?: string;

  @ApiPropertyOptional({
    enum: [true],
    description: 'true: partners who apply from now on start in this group instead of the one before',
  })
  @IfGiven()
  @IsIn([true], { message: 'must be true; to undo it, make another group the default' })
  isDefault?: true;
}

export class MovePartnerBody {
  @ApiProperty({ example: 'grp_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  groupId!: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description:
      'From when on, at most 366 days ahead; now when left out. Replaces a move planned for later.',
  })
  @IfGiven()
  @IsTime()
  effectiveFrom?: string;
}

export class GroupDto {
  @ApiProperty({ example: 'grp_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Whether partners start in this group' })
  isDefault!: boolean;

  @ApiProperty(FEATURE)
  linksEnabled!: boolean | null;

  @ApiProperty(FEATURE)
  leadsEnabled!: boolean | null;

  @ApiProperty(FEATURE)
  dealsEnabled!: boolean | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  archivedAt!: string | null;
}

export class GroupPage extends PageType(GroupDto) {}

export function showGroup(group: Group): GroupDto {
  return {
    id: publicId('Group', group.groupId),
    programId: publicId('Program', group.programId),
    name: group.name,
    isDefault: group.isDefault,
    linksEnabled: group.areLinksEnabled,
    leadsEnabled: group.areLeadsEnabled,
    dealsEnabled: group.areDealsEnabled,
    createdAt: group.createdAt.toISOString(),
    archivedAt: group.archivedAt?.toISOString() ?? null,
  };
}
