import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  actorOf,
  Idempotent,
  type IdempotentRequest,
  Operator,
  OperatorAccess,
  type OperatorPrincipal,
} from '#http';
import { DeliveryParams } from '../delivery/delivery-params.dto.js';
import { ListRevisions } from './list-revisions.js';
import { ReviseEvent } from './revise-event.js';
import { RevisionBody, RevisionList, RevisionReceiptDto } from './revision.dto.js';

@ApiTags('Operations')
@Controller('v1/ops/dead-letters/:companyId/:eventId/:consumer/revisions')
export class RevisionController {
  constructor(
    private readonly listRevisions: ListRevisions,
    private readonly reviseEvent: ReviseEvent,
  ) {}

  @Get()
  @OperatorAccess('viewer')
  @ApiOperation({ summary: "The history of the event's data, each revision with what it changed" })
  @ApiOkResponse({ type: RevisionList })
  async list(@Param() params: DeliveryParams): Promise<RevisionList> {
    return { data: await this.listRevisions.execute(params.key()) };
  }

  @Post()
  @OperatorAccess('operator')
  @ApiOperation({ summary: 'Add a corrected revision for the next replay; the original is kept' })
  @ApiCreatedResponse({ type: RevisionReceiptDto })
  async revise(
    @Param() params: DeliveryParams,
    @Body() body: RevisionBody,
    @Operator() operator: OperatorPrincipal,
    @Idempotent() request: IdempotentRequest,
  ): Promise<RevisionReceiptDto> {
    const operation = { actor: actorOf(operator), reason: body.reason, request };
    return { revision: await this.reviseEvent.execute(params.key(), body.correction(), operation) };
  }
}
