import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { PartnerOfferList, showPartnerOffers } from './partner-offer.dto.js';
import { ReadPartnerOffers } from './read-partner-offers.js';

@ApiTags('Partner: offers')
@ApiParam({ name: 'programId' })
@Controller('v1/partner/programs/:programId/offers')
@PartnerAccess()
export class PartnerOfferController {
  constructor(private readonly readOffers: ReadPartnerOffers) {}

  @Get()
  @ApiOperation({ summary: 'List the offers of a program' })
  @ApiOkResponse({ type: PartnerOfferList })
  async list(@PartnershipOf() partnership: PartnershipOfPartner): Promise<PartnerOfferList> {
    return showPartnerOffers(await this.readOffers.execute(partnership), partnership.state);
  }
}
