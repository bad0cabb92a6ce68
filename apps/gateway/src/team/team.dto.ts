import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { IsMailAddress, IsName, PageType, TEAM_ROLES, type TeamRole } from '#http';
import { publicId } from '#kernel';
import { INVITATION_STATES, type InvitationState, stateOf, type TeamInvitation } from './invitation.js';
import type { TeamMember } from './team.js';

const ROLE = 'viewer reads, member runs programs, admin does all, owner also makes owners';

export class InviteMemberBody {
  @ApiProperty({ maxLength: 254, example: 'grace@acme.example' })
  @IsMailAddress()
  email!: string;

  @ApiProperty({ enum: TEAM_ROLES, description: ROLE })
  @IsIn(TEAM_ROLES)
  role!: TeamRole;
}

export class ChangeMemberRoleBody {
  @ApiProperty({ enum: TEAM_ROLES, description: ROLE })
  @IsIn(TEAM_ROLES)
  role!: TeamRole;
}

export class AcceptTeamInvitationBody {
  @ApiProperty({ maxLength: 200, description: 'The token of the link that the invitation mail holds' })
  @IsString()
  @MaxLength(200)
  token!: string;

  @ApiProperty({ maxLength: 200, description: 'Your name; that of somebody who signed in before stays' })
  @IsName(200)
  name!: string;
}

export class TeamMemberDto {
  @ApiProperty({ example: 'mbr_01h455vb4pex5vsknk084sn02q' })
  readonly id!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty()
  readonly email!: string;

  @ApiProperty({ enum: TEAM_ROLES })
  readonly role!: TeamRole;

  @ApiProperty({ format: 'date-time' })
  readonly joinedAt!: string;

  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  readonly removedAt!: string | null;
}

export class TeamMemberPage extends PageType(TeamMemberDto) {}

export class TeamInvitationDto {
  @ApiProperty({ example: 'tin_01h455vb4pex5vsknk084sn02q' })
  readonly id!: string;

  @ApiProperty()
  readonly email!: string;

  @ApiProperty({ enum: TEAM_ROLES })
  readonly role!: TeamRole;

  @ApiProperty({ enum: INVITATION_STATES })
  readonly state!: InvitationState;

  @ApiProperty({ example: 'company:mbr_01h455vb4pex5vsknk084sn02q' })
  readonly invitedBy!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly expiresAt!: string;
}

export class TeamInvitationPage extends PageType(TeamInvitationDto) {}

export function showMember(member: TeamMember): TeamMemberDto {
  return {
    id: publicId('Member', member.memberId),
    name: member.name,
    email: member.email,
    role: member.role,
    joinedAt: member.joinedAt.toISOString(),
    removedAt: member.removedAt?.toISOString() ?? null,
  };
}

export function showInvitation(invitation: TeamInvitation, now: Date): TeamInvitationDto {
  return {
    id: publicId('TeamInvitation', invitation.invitationId),
    email: invitation.email,
    role: invitation.role,
    state: stateOf(invitation, now),
    invitedBy: invitation.invitedBy,
    createdAt: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
  };
}
