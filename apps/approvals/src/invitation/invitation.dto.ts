import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { IfGiven, IsMailAddress, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import { type Invitation, INVITATION_STATES, type InvitationState } from './invitation.js';

export class InvitePartnerBody {
  @ApiProperty({ example: 'pia@example.com', description: 'Only an account with this address can use it' })
  @IsString()
  @MaxLength(254)
  @IsMailAddress()
  email!: string;

  @ApiPropertyOptional({
    example: 'grp_01h455vb4pex5vsknk084sn02q',
    description: 'Where the partner starts; the default group when left out',
  })
  @IfGiven()
  @IsString()
  groupId?: string;

  @ApiPropertyOptional({ maxLength: 2000, description: 'Goes into the mail' })
  @IfGiven()
  @IsString()
  @Length(1, 2000)
  @Matches(/\S/, { message: 'must not be blank' })
  message?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 365, default: 30 })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(365)
  validDays?: number;
}

export class ProgramInvitationsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: INVITATION_STATES })
  @IfGiven()
  @IsIn(INVITATION_STATES)
  state?: InvitationState;
}

export class ProgramInvitationDto {
  @ApiProperty({ example: 'inv_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty()
  email!: string;

  @ApiProperty({ type: String, nullable: true })
  groupId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  message!: string | null;

  @ApiProperty({ enum: INVITATION_STATES })
  state!: InvitationState;

  @ApiProperty({ format: 'date-time' })
  invitedAt!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  usedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The application that was made with it' })
  applicationId!: string | null;
}

export class ProgramInvitationPage extends PageType(ProgramInvitationDto) {}

export function showInvitation(invitation: Invitation): ProgramInvitationDto {
  const { invitationId, programId, groupId, applicationId } = invitation;
  return {
    id: publicId('Invitation', invitationId),
    programId: publicId('Program', programId),
    email: invitation.email,
    groupId: groupId && publicId('Group', groupId),
    message: invitation.message,
    state: invitation.state,
    invitedAt: invitation.invitedAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
    revokedAt: invitation.revokedAt?.toISOString() ?? null,
    usedAt: invitation.usedAt?.toISOString() ?? null,
    applicationId: applicationId && publicId('Application', applicationId),
  };
}
