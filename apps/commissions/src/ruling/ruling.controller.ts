import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, Idempotent, type IdempotentRequest } from '#http';
import { parseId } from '#kernel';
import { DeleteOrder } from './delete-order.js';
import { RuleOnCommissions } from './rule-on-commissions.js';
import {
  ApproveCommissionsBody,
  DeletedOrderDto,
  DeleteOrderBody,
  RefuseCommissionsBody,
  RulingResultsDto,
  showRulingResults,
} from './ruling.dto.js';

/** What a company says to commissions: each one is answered for itself, so one that cannot be does not stop the rest. */
@ApiTags('Commissions')
@Controller('v1')
@CompanyAccess('commissions:write')
export class RulingController {
  constructor(
    private readonly ruleOnCommissions: RuleOnCommissions,
    private readonly deleteOrder: DeleteOrder,
  ) {}

  @Post('commissions/approve')
  @ApiOperation({ summary: 'Approve commissions that are in review' })
  @HttpCode(200)
  @ApiOkResponse({ type: RulingResultsDto })
  async approve(
    @Company() company: CompanyPrincipal,
    @Body() body: ApproveCommissionsBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<RulingResultsDto> {
    const ruling = { kind: 'approved', note: body.note ?? null } as const;
    return showRulingResults(await this.ruleOnCommissions.execute(company, idsOf(body), ruling, request));
  }

  @Post('commissions/decline')
  @ApiOperation({ summary: 'Decline commissions that are in review, with a reason that partners see' })
  @HttpCode(200)
  @ApiOkResponse({ type: RulingResultsDto })
  async decline(
    @Company() company: CompanyPrincipal,
    @Body() body: RefuseCommissionsBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<RulingResultsDto> {
    const ruling = { kind: 'declined', reason: body.reason, note: body.note ?? null } as const;
    return showRulingResults(await this.ruleOnCommissions.execute(company, idsOf(body), ruling, request));
  }

  @Post('commissions/delete')
  @ApiOperation({ summary: 'Take commissions back, in any state, also after payout' })
  @HttpCode(200)
  @ApiOkResponse({ type: RulingResultsDto })
  async delete(
    @Company() company: CompanyPrincipal,
    @Body() body: RefuseCommissionsBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<RulingResultsDto> {
    const ruling = {
      kind: 'deleted',
      extent: 'commission',
      reason: body.reason,
      note: body.note ?? null,
    } as const;
    return showRulingResults(await this.ruleOnCommissions.execute(company, idsOf(body), ruling, request));
  }

  @Post('orders/delete')
  @ApiOperation({ summary: 'Delete an order (a transaction) with all it earned, for good' })
  @HttpCode(200)
  @ApiOkResponse({ type: DeletedOrderDto })
  async deleteOneOrder(
    @Company() company: CompanyPrincipal,
    @Body() body: DeleteOrderBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<DeletedOrderDto> {
    const { orderKey, reason } = body;
    const note = body.note ?? null;
    const deletion = { kind: 'deleted', extent: 'subject', reason, note } as const;
    await this.deleteOrder.execute(company, orderKey, deletion, request);
    return { orderKey, reason, note };
  }
}

const idsOf = ({ commissionIds }: { readonly commissionIds: readonly string[] }) =>
  commissionIds.map((id, index) => parseId('Commission', id, `commissionIds.${index}`));
