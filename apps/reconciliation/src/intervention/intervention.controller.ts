import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  actorOf,
  Idempotent,
  type IdempotentRequest,
  Operator,
  OperatorAccess,
  type OperatorPrincipal,
} from '#http';
import { DeliveryParams } from '../delivery/delivery-params.dto.js';
import { DiscardDelivery } from './discard-delivery.js';
import { InterventionReceiptDto, showReceipt } from './intervention.dto.js';
import { ReasonBody } from './operation.dto.js';
import { ReplayDelivery } from './replay-delivery.js';

@ApiTags('Operations')
@Controller('v1/ops/dead-letters/:companyId/:eventId/:consumer')
export class InterventionController {
  constructor(
    private readonly replayDelivery: ReplayDelivery,
    private readonly discardDelivery: DiscardDelivery,
  ) {}

  @Post('replay')
  @HttpCode(200)
  @OperatorAccess('operator')
  @ApiOperation({ summary: 'Hand the newest revision to this one consumer again; harmless when it is done' })
  @ApiOkResponse({ type: InterventionReceiptDto })
  async replay(
    @Param() params: DeliveryParams,
    @Body() { reason }: ReasonBody,
    @Operator() operator: OperatorPrincipal,
    @Idempotent() request: IdempotentRequest,
  ): Promise<InterventionReceiptDto> {
    const operation = { actor: actorOf(operator), reason, request };
    return showReceipt(await this.replayDelivery.execute(params.key(), operation));
  }

  @Post('discard')
  @HttpCode(200)
  @OperatorAccess('operator')
  @ApiOperation({ summary: 'Set a dead letter aside; it stays visible and can be replayed later' })
  @ApiOkResponse({ type: InterventionReceiptDto })
  async discard(
    @Param() params: DeliveryParams,
    @Body() { reason }: ReasonBody,
    @Operator() operator: OperatorPrincipal,
    @Idempotent() request: IdempotentRequest,
  ): Promise<InterventionReceiptDto> {
    const operation = { actor: actorOf(operator), reason, request };
    return showReceipt(await this.discardDelivery.execute(params.key(), operation));
  }
}
