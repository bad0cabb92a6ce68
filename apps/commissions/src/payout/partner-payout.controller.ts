import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { pageOf, PageQuery, PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { parseId } from '#kernel';
import {
  PartnerPayoutDto,
  PartnerPayoutPage,
  PartnerPayoutsQuery,
  PayoutLinePage,
  showPartnerPayout,
  showPayoutLine,
} from './payout.dto.js';
import { ReadPayouts } from './read-payouts.js';

/** Read access to own money stays when the partnership has ended. */
@ApiTags('Partner: payouts')
@ApiParam({ name: 'programId' })
@Controller('v1/partner/programs/:programId/payouts')
@PartnerAccess()
export class PartnerPayoutController {
  constructor(private readonly readPayouts: ReadPayouts) {}

  @Get()
  @ApiOperation({ summary: 'List your payouts, newest first' })
  @ApiOkResponse({ type: PartnerPayoutPage })
  async list(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Query() query: PartnerPayoutsQuery,
  ): Promise<PartnerPayoutPage> {
    const payouts = await this.readPayouts.ofPartner(partnership, query.state ?? null, query);
    return pageOf(payouts, query.limit, (payout) => payout.payoutId, showPartnerPayout);
  }

  @Get(':payoutId')
  @ApiOperation({ summary: 'Read one of your payouts' })
  @ApiOkResponse({ type: PartnerPayoutDto })
  async read(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('payoutId') id: string,
  ): Promise<PartnerPayoutDto> {
    const payoutId = parseId('Payout', id, 'payoutId');
    return showPartnerPayout(await this.readPayouts.oneOfPartner(partnership, payoutId));
  }

  @Get(':payoutId/lines')
  @ApiOperation({ summary: 'List which of your commissions a payout is made of' })
  @ApiOkResponse({ type: PayoutLinePage })
  async lines(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('payoutId') id: string,
    @Query() query: PageQuery,
  ): Promise<PayoutLinePage> {
    const payoutId = parseId('Payout', id, 'payoutId');
    const lines = await this.readPayouts.linesOfPartner(partnership, payoutId, query);
    return pageOf(lines, query.limit, (line) => line.commissionId, showPayoutLine);
  }
}
