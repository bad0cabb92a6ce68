import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Idempotent,
  type IdempotentRequest,
  pageOf,
  PageQuery,
} from '#http';
import { parseId } from '#kernel';
import { CreateOverrideBody, OverrideDto, OverridePage, showOverride } from './override.dto.js';
import { OverrideReward } from './override-reward.js';
import { ReadOffers } from './read-offers.js';

@ApiTags('Offers')
@Controller('v1/offers/:offerId/overrides')
export class OverrideController {
  constructor(
    private readonly overrideReward: OverrideReward,
    private readonly readOffers: ReadOffers,
  ) {}

  @Post()
  @ApiOperation({
    summary: "Give one partner a reward of their own, or the offer's own again, from a time on",
  })
  @CompanyAccess('programs:write')
  @ApiCreatedResponse({ type: OverrideDto })
  async create(
    @Company() company: CompanyPrincipal,
    @Param('offerId') id: string,
    @Body() body: CreateOverrideBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<OverrideDto> {
    const draft = {
      partnershipId: parseId('Partnership', body.partnershipId, 'partnershipId'),
      reward: body.reward,
      effectiveFrom: body.effectiveFrom === undefined ? null : new Date(body.effectiveFrom),
    };
    const offerId = parseId('Offer', id, 'offerId');
    return showOverride(await this.overrideReward.execute(company, offerId, draft, request));
  }

  @Get()
  @ApiOperation({
    summary: "List the rewards that single partners have in place of the offer's, newest first",
  })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: OverridePage })
  async list(
    @Company() company: CompanyPrincipal,
    @Param('offerId') id: string,
    @Query() query: PageQuery,
  ): Promise<OverridePage> {
    const offerId = parseId('Offer', id, 'offerId');
    const overrides = await this.readOffers.overridesOf(company.companyId, offerId, query);
    return pageOf(overrides, query.limit, ({ overrideId }) => overrideId, showOverride);
  }
}
