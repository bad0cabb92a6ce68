import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, Idempotent, type IdempotentRequest } from '#http';
import { parseId } from '#kernel';
import { ExtendDealBody } from '../referral/change.dto.js';
import { ReferralDto, showReferral } from '../referral/referral.dto.js';
import { ExtendDeal } from './extend-deal.js';

@ApiTags('Deals')
@Controller('v1/deals/:id/extend')
export class DealExtensionController {
  constructor(private readonly extendDeal: ExtendDeal) {}

  @Post()
  @ApiOperation({ summary: 'Let a deal keep its account for longer, or again after it has expired' })
  @HttpCode(200)
  @CompanyAccess('referrals:write')
  @ApiOkResponse({ type: ReferralDto })
  async extend(
    @Company() company: CompanyPrincipal,
    @Param('id') id: string,
    @Body() { until, note }: ExtendDealBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ReferralDto> {
    const extension = { until: new Date(until), note: note ?? null };
    const dealId = parseId('Referral', id, 'id');
    return showReferral(await this.extendDeal.execute(company, dealId, extension, request));
  }
}
