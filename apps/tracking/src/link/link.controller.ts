import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AppConfig } from '#config';
import {
  Idempotent,
  type IdempotentRequest,
  pageOf,
  PageQuery,
  PartnerAccess,
  PartnershipOf,
  type PartnershipOfPartner,
} from '#http';
import { parseId } from '#kernel';
import { CreateLink } from './create-link.js';
import { parseDestination } from './destination.js';
import { CreateLinkBody, LinkDto, LinkPage, showLink } from './link.dto.js';
import { ReadLinks } from './read-links.js';
import { parseSlug } from './slug.js';

@ApiTags('Partner: links')
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@PartnerAccess()
@Controller('v1/partner/programs/:programId/links')
export class LinkController {
  constructor(
    private readonly config: AppConfig,
    private readonly createLink: CreateLink,
    private readonly readLinks: ReadLinks,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Make a link' })
  @ApiCreatedResponse({ type: LinkDto })
  async create(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Body() body: CreateLinkBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<LinkDto> {
    const draft = {
      destinationUrl: parseDestination(body.destinationUrl),
      slug: body.slug === undefined ? null : parseSlug(body.slug),
    };
    return showLink(await this.createLink.execute(partnership, draft, request), this.config.publicUrl);
  }

  @Get()
  @ApiOperation({ summary: 'List your links in a program' })
  @ApiOkResponse({ type: LinkPage })
  async list(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Query() query: PageQuery,
  ): Promise<LinkPage> {
    const views = await this.readLinks.list(partnership, query);
    return pageOf(
      views,
      query.limit,
      (view) => view.linkId,
      (view) => showLink(view, this.config.publicUrl),
    );
  }

  @Get(':linkId')
  @ApiOperation({ summary: 'Read one of your links' })
  @ApiOkResponse({ type: LinkDto })
  async read(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('linkId') linkId: string,
  ): Promise<LinkDto> {
    const view = await this.readLinks.one(partnership, parseId('Link', linkId, 'linkId'));
    return showLink(view, this.config.publicUrl);
  }
}
