import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { Clock } from '#kernel';
import { PartnerOfferList, showPartnerOffers } from './partner-offer.dto.js';
import { ReadOffers } from './read-offers.js';

@ApiTags('Partner: offers')
@ApiParam({ name: 'programId' })
@Controller('v1/partner/programs/:programId/offers')
@PartnerAccess()
export class PartnerOfferController {
  constructor(
    private readonly readOffers: ReadOffers,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the offers of a program' })
  @ApiOkResponse({ type: PartnerOfferList })
  async list(@PartnershipOf() partnership: PartnershipOfPartner): Promise<PartnerOfferList> {
    const offers = await this.readOffers.currentOf(partnership);
    return showPartnerOffers(offers, partnership.state, this.clock.now());
  }
}
