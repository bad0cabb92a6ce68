import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Idempotent,
  type IdempotentRequest,
  pageOf,
  readCursor,
} from '#http';
import { parseId } from '#kernel';
import { ListTerms } from './list-terms.js';
import { PublishTerms } from './publish-terms.js';
import { showTerms, TermsBody, TermsDto, TermsPage, TermsQuery } from './terms.dto.js';

/** What a page of terms ends with. */
const VERSION = /^[1-9]\d{0,8}$/;

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
    const before = readCursor(query, (text) => (VERSION.test(text) ? Number(text) : null));
    const versions = await this.listTerms.execute(company.companyId, id, before, query.limit + 1);
    return pageOf(versions, query.limit, ({ version }) => String(version), showTerms);
  }
}
