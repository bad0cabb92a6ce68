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
import { Clock, parseId } from '#kernel';
import { parseOfferRule } from '#rules';
import { CreateOffer } from './create-offer.js';
import { CreateOfferBody, OfferDto, OfferPage, ReviseOfferBody, showOffer } from './offer.dto.js';
import { ReadOffers } from './read-offers.js';
import { ReviseOffer } from './revise-offer.js';

@ApiTags('Offers')
@Controller('v1')
export class OfferController {
  constructor(
    private readonly createOffer: CreateOffer,
    private readonly reviseOffer: ReviseOffer,
    private readonly readOffers: ReadOffers,
    private readonly clock: Clock,
  ) {}

  @Post('programs/:programId/offers')
  @ApiOperation({ summary: 'Create an offer; its text is made from its rule' })
  @CompanyAccess('programs:write')
  @ApiCreatedResponse({ type: OfferDto })
  async create(
    @Company() company: CompanyPrincipal,
    @Param('programId') id: string,
    @Body() body: CreateOfferBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<OfferDto> {
    const programId = parseId('Program', id, 'programId');
    const draft = { programId, name: body.name, ...revisionOf(body) };
    return showOffer(await this.createOffer.execute(company, draft, request), this.clock.now());
  }

  @Get('programs/:programId/offers')
  @ApiOperation({ summary: "List a program's offers" })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: OfferPage })
  async list(
    @Company() company: CompanyPrincipal,
    @Param('programId') id: string,
    @Query() query: PageQuery,
  ): Promise<OfferPage> {
    const programId = parseId('Program', id, 'programId');
    const offers = await this.readOffers.ofProgram(company.companyId, programId, query);
    const now = this.clock.now();
    return pageOf(
      offers,
      query.limit,
      (offer) => offer.offerId,
      (offer) => showOffer(offer, now),
    );
  }

  @Get('offers/:offerId')
  @ApiOperation({ summary: 'Read an offer with all its versions' })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: OfferDto })
  async read(@Company() company: CompanyPrincipal, @Param('offerId') id: string): Promise<OfferDto> {
    const offer = await this.readOffers.one(company.companyId, parseId('Offer', id, 'offerId'));
    return showOffer(offer, this.clock.now());
  }

  @Post('offers/:offerId/versions')
  @ApiOperation({ summary: 'Put a new version of an offer in force from a time on' })
  @CompanyAccess('programs:write')
  @ApiCreatedResponse({ type: OfferDto })
  async revise(
    @Company() company: CompanyPrincipal,
    @Param('offerId') id: string,
    @Body() body: ReviseOfferBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<OfferDto> {
    const offerId = parseId('Offer', id, 'offerId');
    const offer = await this.reviseOffer.execute(company, offerId, revisionOf(body), request);
    return showOffer(offer, this.clock.now());
  }
}

function revisionOf(body: ReviseOfferBody) {
  return {
    rule: parseOfferRule(body.rule),
    effectiveFrom: body.effectiveFrom === undefined ? null : new Date(body.effectiveFrom),
  };
}
