import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OperatorAccess } from '#http';
import { parseId } from '#kernel';
import { DeliveriesQuery, DeliveryList, showDelivery } from './delivery.dto.js';
import { ListDeliveries } from './list-deliveries.js';

@ApiTags('Operations')
@Controller('v1/ops/deliveries')
export class DeliveryController {
  constructor(private readonly listDeliveries: ListDeliveries) {}

  @Get()
  @OperatorAccess('viewer')
  @ApiOperation({ summary: 'The path of one event: how far every consumer has got' })
  @ApiOkResponse({ type: DeliveryList })
  async list(@Query() query: DeliveriesQuery): Promise<DeliveryList> {
    const companyId = parseId('Company', query.companyId, 'companyId');
    const eventId = parseId('Event', query.eventId, 'eventId');
    const lines = await this.listDeliveries.execute(companyId, eventId);
    return { data: lines.map(showDelivery) };
  }
}
