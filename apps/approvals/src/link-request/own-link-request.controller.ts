import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
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
import { LinkRequestDto, LinkRequestPage, RequestLinkBody, showLinkRequest } from './link-request.dto.js';
import { parsePage } from './parse-page.js';
import { ReadLinkRequests } from './read-link-requests.js';
import { RequestLink } from './request-link.js';
import { WithdrawLinkRequest } from './withdraw-link-request.js';

@ApiTags('Partner: links')
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@PartnerAccess()
@Controller('v1/partner/programs/:programId/link-requests')
export class OwnLinkRequestController {
  constructor(
    private readonly requestLink: RequestLink,
    private readonly readLinkRequests: ReadLinkRequests,
    private readonly withdrawLinkRequest: WithdrawLinkRequest,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Ask the company for a link' })
  @ApiCreatedResponse({ type: LinkRequestDto })
  async request(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Body() body: RequestLinkBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<LinkRequestDto> {
    const draft = {
      destinationUrl: body.destinationUrl === undefined ? null : parsePage(body.destinationUrl),
      note: body.note ?? null,
    };
    return showLinkRequest(await this.requestLink.execute(partnership, draft, request));
  }

  @Get()
  @ApiOperation({ summary: 'List the links you asked for, newest first' })
  @ApiOkResponse({ type: LinkRequestPage })
  async list(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Query() query: PageQuery,
  ): Promise<LinkRequestPage> {
    const requests = await this.readLinkRequests.ofPartner(partnership, query);
    return pageOf(requests, query.limit, ({ linkRequestId }) => linkRequestId, showLinkRequest);
  }

  @Post(':linkRequestId/withdraw')
  @ApiOperation({ summary: 'Take a request for a link back' })
  @HttpCode(200)
  @ApiOkResponse({ type: LinkRequestDto })
  async withdraw(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('linkRequestId') id: string,
    @Idempotent() request: IdempotentRequest,
  ): Promise<LinkRequestDto> {
    const linkRequestId = parseId('LinkRequest', id, 'linkRequestId');
    return showLinkRequest(await this.withdrawLinkRequest.execute(partnership, linkRequestId, request));
  }
}
