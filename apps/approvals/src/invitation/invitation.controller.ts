import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Idempotent,
  type IdempotentRequest,
  pageOf,
} from '#http';
import { parseId } from '#kernel';
import {
  InvitePartnerBody,
  ProgramInvitationDto,
  ProgramInvitationPage,
  ProgramInvitationsQuery,
  showInvitation,
} from './invitation.dto.js';
import { InvitePartner } from './invite-partner.js';
import { ReadInvitations } from './read-invitations.js';
import { RevokeInvitation } from './revoke-invitation.js';

const DEFAULT_VALID_DAYS = 30;

@ApiTags('Invitations')
@Controller('v1/programs/:programId/invitations')
export class InvitationController {
  constructor(
    private readonly invitePartner: InvitePartner,
    private readonly readInvitations: ReadInvitations,
    private readonly revokeInvitation: RevokeInvitation,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Invite somebody to a program by e-mail' })
  @CompanyAccess('partners:write')
  @ApiCreatedResponse({ type: ProgramInvitationDto })
  async invite(
    @Company() company: CompanyPrincipal,
    @Param('programId') program: string,
    @Body() body: InvitePartnerBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ProgramInvitationDto> {
    const draft = {
      programId: parseId('Program', program, 'programId'),
      email: body.email.toLowerCase(),
      groupId: body.groupId === undefined ? null : parseId('Group', body.groupId, 'groupId'),
      message: body.message ?? null,
      validDays: body.validDays ?? DEFAULT_VALID_DAYS,
    };
    return showInvitation(await this.invitePartner.execute(company, draft, request));
  }

  @Get()
  @ApiOperation({ summary: "List a program's invitations, newest first" })
  @CompanyAccess('partners:read')
  @ApiOkResponse({ type: ProgramInvitationPage })
  async list(
    @Company() { companyId }: CompanyPrincipal,
    @Param('programId') program: string,
    @Query() query: ProgramInvitationsQuery,
  ): Promise<ProgramInvitationPage> {
    const programId = parseId('Program', program, 'programId');
    const invitations = await this.readInvitations.list(companyId, programId, query.state ?? null, query);
    return pageOf(invitations, query.limit, ({ invitationId }) => invitationId, showInvitation);
  }

  @Get(':invitationId')
  @ApiOperation({ summary: 'Read an invitation' })
  @CompanyAccess('partners:read')
  @ApiOkResponse({ type: ProgramInvitationDto })
  async read(
    @Company() { companyId }: CompanyPrincipal,
    @Param('programId') program: string,
    @Param('invitationId') invitation: string,
  ): Promise<ProgramInvitationDto> {
    const programId = parseId('Program', program, 'programId');
    const invitationId = parseId('Invitation', invitation, 'invitationId');
    return showInvitation(await this.readInvitations.one(companyId, programId, invitationId));
  }

  @Post(':invitationId/revoke')
  @ApiOperation({ summary: 'Take an invitation back' })
  @HttpCode(200)
  @CompanyAccess('partners:write')
  @ApiOkResponse({ type: ProgramInvitationDto })
  async revoke(
    @Company() company: CompanyPrincipal,
    @Param('programId') program: string,
    @Param('invitationId') invitation: string,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ProgramInvitationDto> {
    const programId = parseId('Program', program, 'programId');
    const invitationId = parseId('Invitation', invitation, 'invitationId');
    return showInvitation(await this.revokeInvitation.execute(company, programId, invitationId, request));
  }
}
