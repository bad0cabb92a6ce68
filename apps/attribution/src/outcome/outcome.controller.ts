import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { pageOf, PageQuery, PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { ListOutcomes } from './list-outcomes.js';
import { OutcomePage, showOutcome } from './outcome.dto.js';

@ApiTags('Partner: attribution')
@PartnerAccess()
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@Controller('v1/partner/programs/:programId/outcomes')
export class OutcomeController {
  constructor(private readonly listOutcomes: ListOutcomes) {}

  /** What became of your clicks, codes, leads and deals at every event they were considered for, won or lost, and why. */
  @Get()
  @ApiOperation({ summary: 'List what became of your own referrals, credited or not' })
  @ApiOkResponse({ type: OutcomePage })
  async list(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Query() query: PageQuery,
  ): Promise<OutcomePage> {
    const outcomes = await this.listOutcomes.execute(partnership, query);
    return pageOf(outcomes, query.limit, (outcome) => outcome.decisionId, showOutcome);
  }
}
