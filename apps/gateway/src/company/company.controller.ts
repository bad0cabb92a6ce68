import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { cursorId, Idempotent, type IdempotentRequest, OperatorAccess, pageOf, PageQuery } from '#http';
import { parseId } from '#kernel';
import { CompanyPage, CompanyDto, CreateCompanyBody, showCompany } from './company.dto.js';
import { CreateCompany } from './create-company.js';
import { ReadCompanies } from './read-companies.js';

@ApiTags('Operations: companies')
@Controller('v1/ops/companies')
export class CompanyController {
  constructor(
    private readonly createCompany: CreateCompany,
    private readonly companies: ReadCompanies,
  ) {}

  @Post()
  @OperatorAccess('operator')
  @ApiOperation({ summary: 'Open an account for a company' })
  @ApiCreatedResponse({ type: CompanyDto })
  async create(
    @Body() body: CreateCompanyBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<CompanyDto> {
    return showCompany(await this.createCompany.execute(body, request));
  }

  @Get()
  @OperatorAccess('viewer')
  @ApiOperation({ summary: 'List companies, newest first' })
  @ApiOkResponse({ type: CompanyPage })
  async list(@Query() query: PageQuery): Promise<CompanyPage> {
    const rows = await this.companies.list(query.limit, cursorId(query));
    return pageOf(rows, query.limit, (company) => company.companyId, showCompany);
  }

  @Get(':companyId')
  @OperatorAccess('viewer')
  @ApiOperation({ summary: 'Read one company' })
  @ApiOkResponse({ type: CompanyDto })
  async read(@Param('companyId') companyId: string): Promise<CompanyDto> {
    return showCompany(await this.companies.one(parseId('Company', companyId, 'companyId')));
  }
}
