import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { pageOf, PageQuery, PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { showWaiting, WaitingReferralPage } from './history.dto.js';
import { ListWaiting } from './list-waiting.js';

@ApiTags('Partner: leads and deals')
@PartnerAccess()
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@Controller('v1/partner/programs/:programId/waiting-referrals')
export class WaitingReferralController {
  constructor(private readonly listWaiting: ListWaiting) {}

  @Get()
  @ApiOperation({ summary: 'List which of your leads and deals wait for approval, without the persons' })
  @ApiOkResponse({ type: WaitingReferralPage })
  async list(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Query() query: PageQuery,
  ): Promise<WaitingReferralPage> {
    const waiting = await this.listWaiting.execute(partnership, query);
    return pageOf(waiting, query.limit, ({ referralId }) => referralId, showWaiting);
  }
}
