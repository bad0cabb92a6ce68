import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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
  ApplicationDto,
  ApplicationPage,
  ApplicationsQuery,
  ApproveBody,
  DeclineBody,
  showApplication,
} from './application.dto.js';
import { ListApplications } from './list-applications.js';
import { ReadApplication } from './read-application.js';
import { ReviewApplication } from './review-application.js';

@ApiTags('Applications')
@Controller('v1/applications')
export class ApplicationController {
  constructor(
    private readonly listApplications: ListApplications,
    private readonly readApplication: ReadApplication,
    private readonly reviewApplication: ReviewApplication,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List applications, newest first' })
  @CompanyAccess('partners:read')
  @ApiOkResponse({ type: ApplicationPage })
  async list(
    @Company() company: CompanyPrincipal,
    @Query() query: ApplicationsQuery,
  ): Promise<ApplicationPage> {
    const filter = {
      programId: query.programId === undefined ? null : parseId('Program', query.programId, 'programId'),
      state: query.state ?? null,
    };
    const views = await this.listApplications.execute(company.companyId, filter, query);
    return pageOf(views, query.limit, (view) => view.applicationId, showApplication);
  }

  @Get(':applicationId')
  @ApiOperation({ summary: 'Read an application, and what the automatic rules made of it' })
  @CompanyAccess('partners:read')
  @ApiOkResponse({ type: ApplicationDto })
  async read(
    @Company() { companyId }: CompanyPrincipal,
    @Param('applicationId') id: string,
  ): Promise<ApplicationDto> {
    const applicationId = parseId('Application', id, 'applicationId');
    return showApplication(await this.readApplication.execute(companyId, applicationId));
  }

  @Post(':applicationId/approve')
  @ApiOperation({ summary: 'Approve an application' })
  @HttpCode(200)
  @CompanyAccess('partners:write')
  @ApiOkResponse({ type: ApplicationDto })
  async approve(
    @Company() company: CompanyPrincipal,
    @Param('applicationId') id: string,
    @Body() body: ApproveBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ApplicationDto> {
    const verdict = { outcome: 'approved', reason: body.reason ?? null } as const;
    const applicationId = parseId('Application', id, 'applicationId');
    return showApplication(await this.reviewApplication.execute(company, applicationId, verdict, request));
  }

  @Post(':applicationId/decline')
  @ApiOperation({ summary: 'Decline an application with a reason' })
  @HttpCode(200)
  @CompanyAccess('partners:write')
  @ApiOkResponse({ type: ApplicationDto })
  async decline(
    @Company() company: CompanyPrincipal,
    @Param('applicationId') id: string,
    @Body() body: DeclineBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ApplicationDto> {
    const verdict = { outcome: 'declined', reason: body.reason } as const;
    const applicationId = parseId('Application', id, 'applicationId');
    return showApplication(await this.reviewApplication.execute(company, applicationId, verdict, request));
  }
}
