import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Idempotent,
  type IdempotentRequest,
  Operator,
  OperatorAccess,
  type OperatorPrincipal,
  PageQuery,
} from '#http';
import { parseId } from '#kernel';
import { InviteMemberBody, TeamInvitationDto, TeamMemberPage } from './team.dto.js';
import { TeamDesk } from './team-desk.js';
import { teamActorOf } from './team.js';

const teamOf = (companyId: string) =>
  ({ kind: 'company', id: parseId('Company', companyId, 'companyId') }) as const;

/** How a company gets its first owner, and another when the last one is out of reach. */
@ApiTags('Operations: companies')
@Controller('v1/ops/companies/:companyId')
export class OpsTeamController {
  constructor(private readonly desk: TeamDesk) {}

  @Get('members')
  @OperatorAccess('viewer')
  @ApiOperation({ summary: "List a company's team, those removed too, newest first" })
  @ApiOkResponse({ type: TeamMemberPage })
  members(@Param('companyId') companyId: string, @Query() query: PageQuery): Promise<TeamMemberPage> {
    return this.desk.members(teamOf(companyId), query);
  }

  @Post('invitations')
  @OperatorAccess('operator')
  @ApiOperation({ summary: "Invite somebody to a company's team: its first owner above all" })
  @ApiCreatedResponse({ type: TeamInvitationDto })
  invite(
    @Operator() operator: OperatorPrincipal,
    @Param('companyId') companyId: string,
    @Body() body: InviteMemberBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<TeamInvitationDto> {
    return this.desk.invite(teamActorOf(operator), teamOf(companyId), body, request);
  }
}
