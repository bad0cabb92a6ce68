import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { ListWaitingOrders } from './list-waiting-orders.js';
import { showWaitingOrders, WaitingOrdersList } from './waiting-order.dto.js';

@ApiTags('Partner: customers')
@PartnerAccess()
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@Controller('v1/partner/programs/:programId/waiting-orders')
export class WaitingOrderController {
  constructor(private readonly listWaitingOrders: ListWaitingOrders) {}

  /**
   * Orders credited to you that the company has not shipped yet, or that were cancelled or deleted before, by day; the
   * customers of the shipped ones show afterwards.
   */
  @Get()
  @ApiOperation({ summary: 'List orders that are credited to you and not fulfilled' })
  @ApiOkResponse({ type: WaitingOrdersList })
  async list(@PartnershipOf() partnership: PartnershipOfPartner): Promise<WaitingOrdersList> {
    return { data: (await this.listWaitingOrders.execute(partnership)).map(showWaitingOrders) };
  }
}
