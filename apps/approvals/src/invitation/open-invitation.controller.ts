import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { PublicAccess } from '#http';
import { publicId } from '#kernel';
import { INVITATION_STATES, type InvitationState } from './invitation.js';
import { OpenInvitation } from './open-invitation.js';

export class InvitationOfferDto {
  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q', description: 'What to apply to, once signed in' })
  programId!: string;

  @ApiProperty()
  programName!: string;

  @ApiProperty()
  companyName!: string;

  @ApiProperty({ description: 'Only an account with this address can use the invitation' })
  email!: string;

  @ApiProperty({ type: String, nullable: true })
  message!: string | null;

  @ApiProperty({ enum: INVITATION_STATES })
  state!: InvitationState;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

@ApiTags('Invitations')
@Controller('v1/invitations')
export class OpenInvitationController {
  constructor(private readonly openInvitation: OpenInvitation) {}

  @Get(':token')
  @ApiOperation({ summary: "Read an invitation by the token of its mail's link" })
  @PublicAccess()
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: InvitationOfferDto })
  async read(@Param('token') token: string): Promise<InvitationOfferDto> {
    const { programId, expiresAt, ...offer } = await this.openInvitation.execute(token);
    return { ...offer, programId: publicId('Program', programId), expiresAt: expiresAt.toISOString() };
  }
}
