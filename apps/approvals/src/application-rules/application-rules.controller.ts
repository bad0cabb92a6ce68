import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, Idempotent, type IdempotentRequest } from '#http';
import { parseId } from '#kernel';
import { ApplicationRulesBody, ApplicationRulesDto, readRule, showRules } from './application-rules.dto.js';
import { PublishRules } from './publish-rules.js';
import { ReadRules } from './read-rules.js';

@ApiTags('Applications')
@Controller('v1/programs/:programId/application-rules')
export class ApplicationRulesController {
  constructor(
    private readonly publishRules: PublishRules,
    private readonly readRules: ReadRules,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Publish the rules that decide applications from now on' })
  @CompanyAccess('programs:write')
  @ApiCreatedResponse({ type: ApplicationRulesDto })
  async publish(
    @Company() company: CompanyPrincipal,
    @Param('programId') program: string,
    @Body() body: ApplicationRulesBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ApplicationRulesDto> {
    const programId = parseId('Program', program, 'programId');
    return showRules(await this.publishRules.execute(company, programId, body.rules.map(readRule), request));
  }

  @Get()
  @ApiOperation({ summary: 'Read the rules that decide applications now' })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: ApplicationRulesDto })
  async read(
    @Company() { companyId }: CompanyPrincipal,
    @Param('programId') program: string,
  ): Promise<ApplicationRulesDto> {
    return showRules(await this.readRules.execute(companyId, parseId('Program', program, 'programId')));
  }
}
