import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { parseId } from '#kernel';
import { ReadTrace } from './read-trace.js';
import { showTrace } from './show-trace.js';
import { TraceDto } from './trace.dto.js';

@ApiTags('Partner: attribution')
@PartnerAccess()
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@Controller('v1/partner/programs/:programId')
export class TraceController {
  constructor(private readonly readTrace: ReadTrace) {}

  /** Why a customer is yours: every candidate, the winner, and what your offers made of each event. */
  @Get('customers/:customerId/trace')
  @ApiOperation({ summary: 'Explain how a customer came to you, or did not' })
  @ApiOkResponse({ type: TraceDto })
  async ofCustomer(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('customerId') customerId: string,
  ): Promise<TraceDto> {
    const id = parseId('Customer', customerId, 'customerId');
    return showTrace(await this.readTrace.ofCustomer(partnership, id));
  }

  /** The same for the event behind one of your commissions. */
  @Get('commissions/:commissionId/trace')
  @ApiOperation({ summary: 'Explain how a commission came about' })
  @ApiOkResponse({ type: TraceDto })
  async ofCommission(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('commissionId') commissionId: string,
  ): Promise<TraceDto> {
    const id = parseId('Commission', commissionId, 'commissionId');
    return showTrace(await this.readTrace.ofCommission(partnership, id));
  }
}
