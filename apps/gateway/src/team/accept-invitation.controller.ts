import { Body, Controller, Header, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PublicAccess } from '#http';
import { SessionDto, showSession } from '../session/session.dto.js';
import { AcceptInvitation } from './accept-invitation.js';
import { AcceptTeamInvitationBody } from './team.dto.js';

@ApiTags('Sign-in')
@Controller('v1/team-invitations')
export class AcceptInvitationController {
  constructor(private readonly acceptInvitation: AcceptInvitation) {}

  @Post('accept')
  @PublicAccess()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Join a team by the token of an invitation, and sign in; the link is used up' })
  @ApiCreatedResponse({ type: SessionDto })
  async accept(@Body() { token, name }: AcceptTeamInvitationBody): Promise<SessionDto> {
    return showSession(await this.acceptInvitation.execute(token, name));
  }
}
