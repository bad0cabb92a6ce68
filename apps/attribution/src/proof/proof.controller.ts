import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { parseId } from '#kernel';
import { ReadTrace } from '../trace/read-trace.js';
import { showTrace } from '../trace/show-trace.js';
import { ProofDto } from './proof.dto.js';
import { SignProof } from './sign-proof.js';

/** The partner's traces as documents that others can check. */
@ApiTags('Partner: attribution')
@PartnerAccess()
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@Controller('v1/partner/programs/:programId')
export class ProofController {
  constructor(
    private readonly readTrace: ReadTrace,
    private readonly signProof: SignProof,
  ) {}

  @Get('customers/:customerId/trace/proof')
  @ApiOperation({ summary: "Take a customer's trace with you, signed" })
  @ApiOkResponse({ type: ProofDto })
  async ofCustomer(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('customerId') customerId: string,
  ): Promise<ProofDto> {
    const id = parseId('Customer', customerId, 'customerId');
    const trace = showTrace(await this.readTrace.ofCustomer(partnership, id));
    return this.signProof.execute(partnership, customerId, trace);
  }

  @Get('commissions/:commissionId/trace/proof')
  @ApiOperation({ summary: "Take a commission's trace with you, signed" })
  @ApiOkResponse({ type: ProofDto })
  async ofCommission(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('commissionId') commissionId: string,
  ): Promise<ProofDto> {
    const id = parseId('Commission', commissionId, 'commissionId');
    const trace = showTrace(await this.readTrace.ofCommission(partnership, id));
    return this.signProof.execute(partnership, commissionId, trace);
  }
}
