import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
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
import { ListPipelines } from './list-pipelines.js';
import {
  PipelineDto,
  PipelinePage,
  PipelinesQuery,
  PublishPipelineBody,
  settingsOf,
  showPipeline,
} from './pipeline.dto.js';
import { PublishPipeline } from './publish-pipeline.js';

@ApiTags('Leads and deals: pipelines')
@Controller('v1/programs/:programId/pipelines')
export class PipelineController {
  constructor(
    private readonly publishPipeline: PublishPipeline,
    private readonly listPipelines: ListPipelines,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Publish the form and the stages of leads or deals, as a new version' })
  @CompanyAccess('programs:write')
  @ApiCreatedResponse({ type: PipelineDto })
  async publish(
    @Company() company: CompanyPrincipal,
    @Param('programId') id: string,
    @Body() body: PublishPipelineBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<PipelineDto> {
    const scope = {
      programId: parseId('Program', id, 'programId'),
      kind: body.kind,
      groupId: body.groupId === undefined ? null : parseId('Group', body.groupId, 'groupId'),
    };
    return showPipeline(await this.publishPipeline.execute(company, scope, settingsOf(body), request));
  }

  @Get()
  @ApiOperation({ summary: "List every version of a program's pipelines, newest first" })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: PipelinePage })
  async list(
    @Company() { companyId }: CompanyPrincipal,
    @Param('programId') id: string,
    @Query() query: PipelinesQuery,
  ): Promise<PipelinePage> {
    const programId = parseId('Program', id, 'programId');
    const pipelines = await this.listPipelines.execute(companyId, programId, query.kind ?? null, query);
    return pageOf(pipelines, query.limit, (pipeline) => pipeline.pipelineId, showPipeline);
  }
}
