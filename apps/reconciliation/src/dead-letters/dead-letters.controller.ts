import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OperatorAccess } from '#http';
import { DeliveryParams } from '../deliveries/delivery-params.dto.js';
import { positionOf } from './dead-letter-cursor.js';
import { DeadLetterQuery } from './dead-letter-request.dto.js';
import { DeadLetterPageResponse, DeadLetterResponse } from './dead-letter-response.dto.js';
import { ListDeadLetters } from './list-dead-letters.js';
import { ShowDeadLetter } from './show-dead-letter.js';

@ApiTags('Operations')
@Controller('v1/ops/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly listDeadLetters: ListDeadLetters,
    private readonly showDeadLetter: ShowDeadLetter,
  ) {}

  @Get()
  @OperatorAccess('viewer')
  @ApiOperation({ summary: 'Dead letters of one company or of all, the latest death first' })
  @ApiOkResponse({ type: DeadLetterPageResponse })
  async list(@Query() query: DeadLetterQuery): Promise<DeadLetterPageResponse> {
    const after = positionOf(query.cursor);
    return new DeadLetterPageResponse(
      await this.listDeadLetters.execute(query.filter(), after, query.limit),
      query.limit,
    );
  }

  @Get(':companyId/:eventId/:consumer')
  @OperatorAccess('viewer')
  @ApiOperation({
    summary: 'One delivery with its failure, its data, its raw webhook and what was done to it',
  })
  @ApiOkResponse({ type: DeadLetterResponse })
  async show(@Param() params: DeliveryParams): Promise<DeadLetterResponse> {
    const key = params.key();
    return new DeadLetterResponse(key, await this.showDeadLetter.execute(key));
  }
}
