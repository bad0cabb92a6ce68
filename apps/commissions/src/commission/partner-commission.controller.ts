import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { pageOf, PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { parseId } from '#kernel';
import { BalanceList, showBalance } from './balance.dto.js';
import { PartnerCommissionPage, PartnerCommissionsQuery, showPartnerCommission } from './commission.dto.js';
import { PartnerCommissionDetailDto, showPartnerCommissionDetail } from './commission-trail.dto.js';
import { ReadCommissions } from './read-commissions.js';

@ApiTags('Partner: commissions')
@ApiParam({ name: 'programId' })
@Controller('v1/partner/programs/:programId')
@PartnerAccess()
export class PartnerCommissionController {
  constructor(private readonly readCommissions: ReadCommissions) {}

  @Get('commissions')
  @ApiOperation({ summary: 'List your commissions with hold date and reason' })
  @ApiOkResponse({ type: PartnerCommissionPage })
  async list(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Query() query: PartnerCommissionsQuery,
  ): Promise<PartnerCommissionPage> {
    const commissions = await this.readCommissions.ofPartner(partnership, query.state ?? null, query);
    return pageOf(commissions, query.limit, ({ commissionId }) => commissionId, showPartnerCommission);
  }

  @Get('commissions/:commissionId')
  @ApiOperation({ summary: 'Read one of your commissions with its evaluations and postings' })
  @ApiOkResponse({ type: PartnerCommissionDetailDto })
  async read(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('commissionId') id: string,
  ): Promise<PartnerCommissionDetailDto> {
    const commissionId = parseId('Commission', id, 'commissionId');
    const { commission, trail } = await this.readCommissions.oneOfPartner(partnership, commissionId);
    return showPartnerCommissionDetail(commission, trail);
  }

  @Get('balance')
  @ApiOperation({ summary: 'Read what you have earned, per currency: held, payable, on its way and paid' })
  @ApiOkResponse({ type: BalanceList })
  async balance(@PartnershipOf() partnership: PartnershipOfPartner): Promise<BalanceList> {
    const balances = await this.readCommissions.balanceOf(partnership);
    return { data: balances.map(showBalance) };
  }
}
