import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Idempotent,
  type IdempotentRequest,
  PageQuery,
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

const teamOf = ({ companyId }: CompanyPrincipal) => ({ kind: 'company', id: companyId }) as const;

@ApiTags('Company: team')
@Controller('v1/company')
export class CompanyTeamController {
  constructor(private readonly desk: TeamDesk) {}

  @Get('members')
  @CompanyAccess('team:read')
  @ApiOperation({ summary: "List your company's team, those removed too, newest first" })
  @ApiOkResponse({ type: TeamMemberPage })
  members(@Company() company: CompanyPrincipal, @Query() query: PageQuery): Promise<TeamMemberPage> {
    return this.desk.members(teamOf(company), query);
  }

  @Patch('members/:memberId')
  @CompanyAccess('team:write')
  @ApiOperation({ summary: 'Give a member another role' })
  @ApiOkResponse({ type: TeamMemberDto })
  changeRole(
    @Company() company: CompanyPrincipal,
    @Param('memberId') id: string,
    @Body() { role }: ChangeMemberRoleBody,
  ): Promise<TeamMemberDto> {
    const memberId = parseId('Member', id, 'memberId');
    return this.desk.changeRole(teamActorOf(company), teamOf(company), memberId, role);
  }

  @Delete('members/:memberId')
  @CompanyAccess('team:write')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a member: the person acts for you no more, within five seconds' })
  @ApiNoContentResponse()
  remove(@Company() company: CompanyPrincipal, @Param('memberId') id: string): Promise<void> {
    return this.desk.remove(teamActorOf(company), teamOf(company), parseId('Member', id, 'memberId'));
  }

  @Post('invitations')
  @CompanyAccess('team:write')
  @ApiOperation({ summary: 'Invite somebody to the team; a link is mailed, good for seven days' })
  @ApiCreatedResponse({ type: TeamInvitationDto })
  invite(
    @Company() company: CompanyPrincipal,
    @Body() body: InviteMemberBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<TeamInvitationDto> {
    return this.desk.invite(teamActorOf(company), teamOf(company), body, request);
  }

  @Get('invitations')
  @CompanyAccess('team:read')
  @ApiOperation({ summary: 'List invitations to the team, answered ones too, newest first' })
  @ApiOkResponse({ type: TeamInvitationPage })
  invitations(@Company() company: CompanyPrincipal, @Query() query: PageQuery): Promise<TeamInvitationPage> {
    return this.desk.invitations(teamOf(company), query);
  }

  @Delete('invitations/:invitationId')
  @CompanyAccess('team:write')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an invitation; one that was accepted stays so' })
  @ApiNoContentResponse()
  revoke(@Company() company: CompanyPrincipal, @Param('invitationId') id: string): Promise<void> {
    return this.desk.revoke(
      teamActorOf(company),
      teamOf(company),
      parseId('TeamInvitation', id, 'invitationId'),
    );
  }

  @Get('team-changes')
  @CompanyAccess('team:read')
  @ApiOperation({ summary: 'List all that was done to the team, and by whom, newest first' })
  @ApiOkResponse({ type: TeamChangePage })
  changes(@Company() company: CompanyPrincipal, @Query() query: PageQuery): Promise<TeamChangePage> {
    return this.desk.changes(teamOf(company), query);
  }
}
