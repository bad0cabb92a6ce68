import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal } from '#http';
import { DestinationDomainsBody, DestinationDomainsDto } from './destination-domain.dto.js';
import { parseDomain } from './parse-domain.js';
import { ReadDestinationDomains } from './read-destination-domains.js';
import { SetDestinationDomains } from './set-destination-domains.js';

@ApiTags('Links')
@Controller('v1/destination-domains')
export class DestinationDomainController {
  constructor(
    private readonly readDestinationDomains: ReadDestinationDomains,
    private readonly setDestinationDomains: SetDestinationDomains,
  ) {}

  @Get()
  @CompanyAccess('programs:read')
  @ApiOperation({ summary: "Read the domains that your partners' links may lead to" })
  @ApiOkResponse({ type: DestinationDomainsDto })
  async read(@Company() { companyId }: CompanyPrincipal): Promise<DestinationDomainsDto> {
    return { domains: await this.readDestinationDomains.execute(companyId) };
  }

  @Put()
  @CompanyAccess('programs:write')
  @ApiOperation({ summary: "Set the domains that your partners' new links may lead to; none: any" })
  @ApiOkResponse({ type: DestinationDomainsDto })
  async set(
    @Company() company: CompanyPrincipal,
    @Body() body: DestinationDomainsBody,
  ): Promise<DestinationDomainsDto> {
    const domains = body.domains.map((text, index) => parseDomain(text, `domains.${index}`));
    return { domains: await this.setDestinationDomains.execute(company, domains) };
  }
}
