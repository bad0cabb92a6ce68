import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AppConfig } from '#config';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Idempotent,
  type IdempotentRequest,
  pageOf,
} from '#http';
import { parseId } from '#kernel';
import { parseDestination } from './destination.js';
import { GiveLink } from './give-link.js';
import {
  CompanyLinkDto,
  CompanyLinkPage,
  CompanyLinksQuery,
  GiveLinkBody,
  showCompanyLink,
} from './link.dto.js';
import { ReadLinks } from './read-links.js';
import { parseSlug } from './slug.js';

@ApiTags('Links')
@Controller('v1/links')
export class CompanyLinkController {
  constructor(
    private readonly config: AppConfig,
    private readonly giveLink: GiveLink,
    private readonly readLinks: ReadLinks,
  ) {}

  @Post()
  @CompanyAccess('partners:write')
  @ApiOperation({ summary: 'Make a link for a partner' })
  @ApiCreatedResponse({ type: CompanyLinkDto })
  async give(
    @Company() { companyId }: CompanyPrincipal,
    @Body() body: GiveLinkBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<CompanyLinkDto> {
    const partnershipId = parseId('Partnership', body.partnershipId, 'partnershipId');
    const draft = {
      destinationUrl: parseDestination(body.destinationUrl),
      slug: body.slug === undefined ? null : parseSlug(body.slug),
    };
    const view = await this.giveLink.execute(companyId, partnershipId, draft, request);
    return showCompanyLink(view, this.config.publicUrl);
  }

  @Get()
  @CompanyAccess('partners:read')
  @ApiOperation({ summary: "List your partners' links, newest first" })
  @ApiOkResponse({ type: CompanyLinkPage })
  async list(
    @Company() { companyId }: CompanyPrincipal,
    @Query() query: CompanyLinksQuery,
  ): Promise<CompanyLinkPage> {
    const partnershipId =
      query.partnershipId === undefined ? null : parseId('Partnership', query.partnershipId, 'partnershipId');
    const views = await this.readLinks.ofCompany(companyId, partnershipId, query);
    return pageOf(
      views,
      query.limit,
      (view) => view.linkId,
      (view) => showCompanyLink(view, this.config.publicUrl),
    );
  }
}
