import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal } from '#http';
import { CompanyDto, showCompany, ChangeCompanyBody } from './company.dto.js';
import { ReadCompanies } from './read-companies.js';
import { ChangeCompany } from './change-company.js';

@ApiTags('Company: account')
@Controller('v1/company')
export class OwnCompanyController {
  constructor(
    private readonly companies: ReadCompanies,
    private readonly changeCompany: ChangeCompany,
  ) {}

  @Get()
  @CompanyAccess('programs:read')
  @ApiOperation({ summary: 'Read your company account' })
  @ApiOkResponse({ type: CompanyDto })
  async read(@Company() company: CompanyPrincipal): Promise<CompanyDto> {
    return showCompany(await this.companies.one(company.companyId));
  }

  @Patch()
  @CompanyAccess('programs:write')
  @ApiOperation({ summary: 'Change your company account; fields you leave out stay' })
  @ApiOkResponse({ type: CompanyDto })
  async change(@Company() company: CompanyPrincipal, @Body() body: ChangeCompanyBody): Promise<CompanyDto> {
    return showCompany(await this.changeCompany.execute(company.companyId, body));
  }
}
