import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  actorOf,
  addressOf,
  Idempotent,
  type IdempotentRequest,
  pageOf,
  PageQuery,
  Partner,
  PartnerAccess,
  type PartnerPrincipal,
  PartnershipOf,
  type PartnershipOfPartner,
} from '#http';
import { parseId } from '#kernel';
import {
  ApplicationDto,
  ApplicationPage,
  ApplyBody,
  showOwnApplication,
} from '../application/application.dto.js';
import { ApplyToProgram } from '../application/apply-to-program.js';
import { ListOwnApplications } from '../application/list-own-applications.js';
import { LeaveProgram } from '../partnership/leave-program.js';
import { AcceptTerms } from '../terms/accept-terms.js';
import type { AcceptanceOrigin } from '../terms/acceptance.js';
import { AcceptTermsBody, TermsAcceptanceDto } from '../terms/terms.dto.js';
import { ListPartnerPrograms } from './list-partner-programs.js';
import {
  LeftProgramDto,
  PartnerProgramPage,
  ProgramSummaryDto,
  showPartnerProgram,
  showSummary,
} from './partner-program.dto.js';
import { ReadProgramSummary } from './read-program-summary.js';

const PROGRAM_ID = { name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' };

@ApiTags('Partner: programs')
@PartnerAccess()
@Controller('v1/partner')
export class PartnerProgramController {
  constructor(
    private readonly listPartnerPrograms: ListPartnerPrograms,
    private readonly applyToProgram: ApplyToProgram,
    private readonly listOwnApplications: ListOwnApplications,
    private readonly readProgramSummary: ReadProgramSummary,
    private readonly acceptTerms: AcceptTerms,
    private readonly leaveProgram: LeaveProgram,
  ) {}

  @Get('programs')
  @ApiOperation({ summary: 'List your programs' })
  @ApiOkResponse({ type: PartnerProgramPage })
  async list(@Partner() partner: PartnerPrincipal, @Query() query: PageQuery): Promise<PartnerProgramPage> {
    const programs = await this.listPartnerPrograms.execute(partner.partnerId, query);
    return pageOf(programs, query.limit, (program) => program.partnershipId, showPartnerProgram);
  }

  @Post('applications')
  @ApiOperation({ summary: 'Apply to a program' })
  @ApiCreatedResponse({ type: ApplicationDto })
  async apply(
    @Partner() partner: PartnerPrincipal,
    @Body() body: ApplyBody,
    @Req() http: FastifyRequest,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ApplicationDto> {
    const draft = {
      partnerId: partner.partnerId,
      programId: parseId('Program', body.programId, 'programId'),
      message: body.message ?? null,
      country: body.country ?? null,
      answers: body.answers ?? {},
      invitationToken: body.invitationToken ?? null,
      acceptTermsVersion: body.acceptTermsVersion ?? null,
      ...originOf(http, partner),
    };
    return showOwnApplication(await this.applyToProgram.execute(draft, request));
  }

  @Get('programs/:programId')
  @ApiOperation({ summary: 'Read one of your programs and what is open to you in it' })
  @ApiParam(PROGRAM_ID)
  @ApiOkResponse({ type: ProgramSummaryDto })
  async read(@PartnershipOf() partnership: PartnershipOfPartner): Promise<ProgramSummaryDto> {
    return showSummary(await this.readProgramSummary.execute(partnership));
  }

  @Get('programs/:programId/applications')
  @ApiOperation({ summary: 'List your applications to a program, newest first, and what became of them' })
  @ApiParam(PROGRAM_ID)
  @ApiOkResponse({ type: ApplicationPage })
  async applications(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Query() query: PageQuery,
  ): Promise<ApplicationPage> {
    const views = await this.listOwnApplications.execute(partnership, query);
    return pageOf(views, query.limit, ({ applicationId }) => applicationId, showOwnApplication);
  }

  @Post('programs/:programId/terms-acceptances')
  @ApiOperation({ summary: "Accept a program's terms" })
  @ApiParam(PROGRAM_ID)
  @ApiCreatedResponse({ type: TermsAcceptanceDto })
  async accept(
    @Partner() partner: PartnerPrincipal,
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Body() { version }: AcceptTermsBody,
    @Req() http: FastifyRequest,
    @Idempotent() request: IdempotentRequest,
  ): Promise<TermsAcceptanceDto> {
    const acceptedAt = await this.acceptTerms.execute(partnership, version, originOf(http, partner), request);
    return { version, acceptedAt: acceptedAt.toISOString() };
  }

  @Post('programs/:programId/leave')
  @ApiOperation({ summary: 'Leave a program; earned commissions run their course' })
  @HttpCode(200)
  @ApiParam(PROGRAM_ID)
  @ApiOkResponse({ type: LeftProgramDto })
  async leave(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Idempotent() request: IdempotentRequest,
  ): Promise<LeftProgramDto> {
    const endedAt = await this.leaveProgram.execute(partnership, request);
    return { endedAt: endedAt.toISOString() };
  }
}

/** The longest user agent worth keeping as proof. */
const USER_AGENT_LENGTH = 400;

function originOf(request: FastifyRequest, partner: PartnerPrincipal): AcceptanceOrigin {
  return {
    acceptedBy: actorOf(partner),
    address: addressOf(request),
    userAgent: request.headers['user-agent']?.slice(0, USER_AGENT_LENGTH) ?? null,
  };
}
