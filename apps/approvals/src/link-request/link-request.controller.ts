import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Idempotent,
  type IdempotentRequest,
  pageOf,
} from '#http';
import { parseId } from '#kernel';
import {
  GrantLinkRequestBody,
  LinkRequestDto,
  LinkRequestPage,
  LinkRequestsQuery,
  RefuseLinkRequestBody,
  showLinkRequest,
} from './link-request.dto.js';
import { ReadLinkRequests } from './read-link-requests.js';
import { ReviewLinkRequest } from './review-link-request.js';

@ApiTags('Link requests')
@Controller('v1/link-requests')
export class LinkRequestController {
  constructor(
    private readonly readLinkRequests: ReadLinkRequests,
    private readonly reviewLinkRequest: ReviewLinkRequest,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the links that partners ask for, newest first' })
  @CompanyAccess('partners:read')
  @ApiOkResponse({ type: LinkRequestPage })
  async list(
    @Company() { companyId }: CompanyPrincipal,
    @Query() query: LinkRequestsQuery,
  ): Promise<LinkRequestPage> {
    const filter = {
      programId: query.programId === undefined ? null : parseId('Program', query.programId, 'programId'),
      state: query.state ?? null,
    };
    const requests = await this.readLinkRequests.ofCompany(companyId, filter, query);
    return pageOf(requests, query.limit, ({ linkRequestId }) => linkRequestId, showLinkRequest);
  }

  @Post(':linkRequestId/grant')
  @ApiOperation({ summary: 'Grant a request with a link made for the partner' })
  @HttpCode(200)
  @CompanyAccess('partners:write')
  @ApiOkResponse({ type: LinkRequestDto })
  async grant(
    @Company() company: CompanyPrincipal,
    @Param('linkRequestId') id: string,
    @Body() body: GrantLinkRequestBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<LinkRequestDto> {
    const answer = {
      outcome: 'granted',
      linkId: parseId('Link', body.linkId, 'linkId'),
      reason: body.reason ?? null,
    } as const;
    const linkRequestId = parseId('LinkRequest', id, 'linkRequestId');
    return showLinkRequest(await this.reviewLinkRequest.execute(company, linkRequestId, answer, request));
  }

  @Post(':linkRequestId/refuse')
  @ApiOperation({ summary: 'Refuse a request for a link with a reason' })
  @HttpCode(200)
  @CompanyAccess('partners:write')
  @ApiOkResponse({ type: LinkRequestDto })
  async refuse(
    @Company() company: CompanyPrincipal,
    @Param('linkRequestId') id: string,
    @Body() { reason }: RefuseLinkRequestBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<LinkRequestDto> {
    const answer = { outcome: 'refused', linkId: null, reason } as const;
    const linkRequestId = parseId('LinkRequest', id, 'linkRequestId');
    return showLinkRequest(await this.reviewLinkRequest.execute(company, linkRequestId, answer, request));
  }
}
