import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, Idempotent, type IdempotentRequest } from '#http';
import { parseCurrency, parseId } from '#kernel';
import { CommissionDto, showCommission } from '../commission/commission.dto.js';
import { AdjustBalance } from './adjust-balance.js';
import { AdjustBalanceBody } from './adjustment.dto.js';

@ApiTags('Commissions')
@Controller('v1/commissions/adjustments')
export class AdjustmentController {
  constructor(private readonly adjustBalance: AdjustBalance) {}

  @Post()
  @ApiOperation({
    summary: "Give a partner an amount by hand, or take one; delete it by its commission's id",
  })
  @CompanyAccess('commissions:write')
  @ApiCreatedResponse({ type: CommissionDto })
  async adjust(
    @Company() company: CompanyPrincipal,
    @Body() { partnershipId, amount, reason }: AdjustBalanceBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<CommissionDto> {
    const adjustment = {
      partnershipId: parseId('Partnership', partnershipId, 'partnershipId'),
      amount: BigInt(amount.amount),
      currency: parseCurrency(amount.currency, 'amount.currency'),
      reason,
    };
    return showCommission(await this.adjustBalance.execute(company, adjustment, request));
  }
}
