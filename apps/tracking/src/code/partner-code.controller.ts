import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { pageOf, PageQuery, PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { PartnerCodePage, showPartnerCode } from './code.dto.js';
import { ReadCodes } from './read-codes.js';

@ApiTags('Partner: codes')
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@PartnerAccess()
@Controller('v1/partner/programs/:programId/codes')
export class PartnerCodeController {
  constructor(private readonly readCodes: ReadCodes) {}

  @Get()
  @ApiOperation({ summary: 'List your discount codes in a program, past ones too' })
  @ApiOkResponse({ type: PartnerCodePage })
  async list(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Query() query: PageQuery,
  ): Promise<PartnerCodePage> {
    const codes = await this.readCodes.ofPartner(partnership, query);
    return pageOf(codes, query.limit, ({ assignmentId }) => assignmentId, showPartnerCode);
  }
}
