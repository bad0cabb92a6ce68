import { ApiProperty } from '@nestjs/swagger';
import { PageType, TEAM_ROLES, type TeamRole } from '#http';
import { publicId } from '#kernel';
import { TEAM_CHANGE_KINDS, type TeamChange, type TeamChangeKind } from './team-change.js';

export class TeamChangeDto {
  @ApiProperty({ example: 'tch_01h455vb4pex5vsknk084sn02q' })
  readonly id!: string;

  @ApiProperty({ enum: TEAM_CHANGE_KINDS })
  readonly kind!: TeamChangeKind;

  @ApiProperty({ description: 'Whom it concerns' })
  readonly email!: string;

  @ApiProperty({ enum: TEAM_ROLES, description: 'From then on; the last one when somebody goes' })
  readonly role!: TeamRole;

  @ApiProperty({ example: 'company:mbr_01h455vb4pex5vsknk084sn02q' })
  readonly actor!: string;

  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
}

export class TeamChangePage extends PageType(TeamChangeDto) {}

export function showTeamChange({ changeId, at, ...change }: TeamChange): TeamChangeDto {
  return { id: publicId('TeamChange', changeId), ...change, at: at.toISOString() };
}
