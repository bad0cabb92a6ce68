import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  Idempotent,
  type IdempotentRequest,
  PageQuery,
  Partner,
  PartnerAccess,
  type PartnerPrincipal,
} from '#http';
import { parseId } from '#kernel';
import {
  ChangeMemberRoleBody,
  InviteMemberBody,
  TeamInvitationDto,
  TeamInvitationPage,
  TeamMemberDto,
  TeamMemberPage,
} from './team.dto.js';
import { TeamChangePage } from './team-change.dto.js';
import { TeamDesk } from './team-desk.js';
import { teamActorOf } from './team.js';

const teamOf = ({ partnerId }: PartnerPrincipal) => ({ kind: 'partner', id: partnerId }) as const;

@ApiTags('Partner: team')
@Controller('v1/partner')
export class PartnerTeamController {
  constructor(private readonly desk: TeamDesk) {}

  @Get('members')
  @PartnerAccess()
  @ApiOperation({ summary: 'List your team, those removed too, newest first' })
  @ApiOkResponse({ type: TeamMemberPage })
  members(@Partner() partner: PartnerPrincipal, @Query() query: PageQuery): Promise<TeamMemberPage> {
    return this.desk.members(teamOf(partner), query);
  }

  @Patch('members/:memberId')
  @PartnerAccess('admin')
  @ApiOperation({ summary: 'Give a member another role' })
  @ApiOkResponse({ type: TeamMemberDto })
  changeRole(
    @Partner() partner: PartnerPrincipal,
    @Param('memberId') id: string,
    @Body() { role }: ChangeMemberRoleBody,
  ): Promise<TeamMemberDto> {
    const memberId = parseId('Member', id, 'memberId');
    return this.desk.changeRole(teamActorOf(partner), teamOf(partner), memberId, role);
  }

  @Delete('members/:memberId')
  @PartnerAccess('admin')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a member: the person acts for you no more, within five seconds' })
  @ApiNoContentResponse()
  remove(@Partner() partner: PartnerPrincipal, @Param('memberId') id: string): Promise<void> {
    return this.desk.remove(teamActorOf(partner), teamOf(partner), parseId('Member', id, 'memberId'));
  }

  @Post('invitations')
  @PartnerAccess('admin')
  @ApiOperation({ summary: 'Invite somebody to the team; a link is mailed, good for seven days' })
  @ApiCreatedResponse({ type: TeamInvitationDto })
  invite(
    @Partner() partner: PartnerPrincipal,
    @Body() body: InviteMemberBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<TeamInvitationDto> {
    return this.desk.invite(teamActorOf(partner), teamOf(partner), body, request);
  }

  @Get('invitations')
  @PartnerAccess()
  @ApiOperation({ summary: 'List invitations to the team, answered ones too, newest first' })
  @ApiOkResponse({ type: TeamInvitationPage })
  invitations(@Partner() partner: PartnerPrincipal, @Query() query: PageQuery): Promise<TeamInvitationPage> {
    return this.desk.invitations(teamOf(partner), query);
  }

  @Delete('invitations/:invitationId')
  @PartnerAccess('admin')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an invitation; one that was accepted stays so' })
  @ApiNoContentResponse()
  revoke(@Partner() partner: PartnerPrincipal, @Param('invitationId') id: string): Promise<void> {
    return this.desk.revoke(
      teamActorOf(partner),
      teamOf(partner),
      parseId('TeamInvitation', id, 'invitationId'),
    );
  }

  @Get('team-changes')
  @PartnerAccess()
  @ApiOperation({ summary: 'List all that was done to the team, and by whom, newest first' })
  @ApiOkResponse({ type: TeamChangePage })
  changes(@Partner() partner: PartnerPrincipal, @Query() query: PageQuery): Promise<TeamChangePage> {
    return this.desk.changes(teamOf(partner), query);
  }
}
