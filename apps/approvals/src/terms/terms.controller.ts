import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, Idempotent, type IdempotentRequest } from '#http';
import { parseId } from '#kernel';
import { ListTerms } from './list-terms.js';
import { PublishTerms } from './publish-terms.js';
import { showTerms, TermsBody, TermsDto, TermsPage, TermsQuery } from './terms.dto.js';

@ApiTags('Programs')
@Controller('v1/programs/:programId/terms')
export class TermsController {
  constructor(
    private readonly publishTerms: PublishTerms,
    private readonly listTerms: ListTerms,
  ) {}

  @Post()
  @ApiOperation({ summary: "Publish a new version of a program's terms" })
  @CompanyAccess('programs:write')
  @ApiCreatedResponse({ type: TermsDto })
  async publish(
    @Company() company: CompanyPrincipal,
    @Param('programId') programId: string,
    @Body() body: TermsBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<TermsDto> {
    const id = parseId('Program', programId, 'programId');
    return showTerms(await this.publishTerms.execute(company, id, body.text, request));
  }

  @Get()
  @ApiOperation({ summary: "List a program's terms, newest version first" })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: TermsPage })
  async list(
    @Company() company: CompanyPrincipal,
    @Param('programId') programId: string,
    @Query() query: TermsQuery,
  ): Promise<TermsPage> {
    const id = parseId('Program', programId, 'programId');
    const versions = await this.listTerms.execute(
      company.companyId,
      id,
      query.cursor ?? null,
      query.limit + 1,
    );
    const shown = versions.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      data: shown.map(showTerms),
      nextCursor: last && versions.length > shown.length ? String(last.version) : null,
    };
  }
}
