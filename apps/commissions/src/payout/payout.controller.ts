import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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
import { CancelPayouts } from './cancel-payouts.js';
import { PayPayouts } from './pay-payouts.js';
import {
  CancelPayoutBody,
  MarkPaidBody,
  PayoutDto,
  PayoutLinePage,
  PayoutPage,
  PayoutsQuery,
  showPayout,
  showPayoutLine,
} from './payout.dto.js';
import { ReadPayouts } from './read-payouts.js';

const idOf = (text: string) => parseId('Payout', text, 'payoutId');

@ApiTags('Payouts')
@Controller('v1/payouts')
export class PayoutController {
  constructor(
    private readonly payPayouts: PayPayouts,
    private readonly cancelPayouts: CancelPayouts,
    private readonly readPayouts: ReadPayouts,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List payouts of all batches, newest first' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: PayoutPage })
  async list(@Company() { companyId }: CompanyPrincipal, @Query() query: PayoutsQuery): Promise<PayoutPage> {
    const { partnershipId, state = null } = query;
    const filter = {
      companyId,
      payoutBatchId: null,
      partnershipId:
        partnershipId === undefined ? null : parseId('Partnership', partnershipId, 'partnershipId'),
      state,
    };
    const payouts = await this.readPayouts.ofCompany(filter, query);
    return pageOf(payouts, query.limit, (payout) => payout.payoutId, showPayout);
  }

  @Get(':payoutId')
  @ApiOperation({ summary: 'Read a payout' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: PayoutDto })
  async read(@Company() company: CompanyPrincipal, @Param('payoutId') id: string): Promise<PayoutDto> {
    return showPayout(await this.readPayouts.one(company.companyId, idOf(id)));
  }

  @Get(':payoutId/lines')
  @ApiOperation({ summary: 'List what a payout took of which commissions' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: PayoutLinePage })
  async lines(
    @Company() company: CompanyPrincipal,
    @Param('payoutId') id: string,
    @Query() query: PageQuery,
  ): Promise<PayoutLinePage> {
    const lines = await this.readPayouts.lines(company.companyId, idOf(id), query);
    return pageOf(lines, query.limit, (line) => line.commissionId, showPayoutLine);
  }

  @Post(':payoutId/mark-paid')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record that you have paid one payout' })
  @CompanyAccess('payouts:write')
  @ApiOkResponse({ type: PayoutDto })
  async markPaid(
    @Company() company: CompanyPrincipal,
    @Param('payoutId') id: string,
    @Body() body: MarkPaidBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<PayoutDto> {
    return showPayout(await this.payPayouts.one(company, idOf(id), body.externalReference, request));
  }

  @Post(':payoutId/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel one payout that is not paid: its amount is payable again' })
  @CompanyAccess('payouts:write')
  @ApiOkResponse({ type: PayoutDto })
  async cancel(
    @Company() company: CompanyPrincipal,
    @Param('payoutId') id: string,
    @Body() body: CancelPayoutBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<PayoutDto> {
    return showPayout(await this.cancelPayouts.one(company, idOf(id), body.reason, request));
  }
}
