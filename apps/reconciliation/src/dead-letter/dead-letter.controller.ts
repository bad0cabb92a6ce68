import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OperatorAccess, pageOf } from '#http';
import { DeliveryParams } from '../delivery/delivery-params.dto.js';
import { positionOf, readPosition } from './dead-letter-cursor.js';
import { DeadLettersQuery } from './dead-letter-request.dto.js';
import {
  DeadLetterDto,
  DeadLetterPage,
  showDeadLetter,
  showDeadLetterLine,
} from './dead-letter-response.dto.js';
import { ListDeadLetters } from './list-dead-letters.js';
import { ReadDeadLetter } from './read-dead-letter.js';

@ApiTags('Operations')
@Controller('v1/ops/dead-letters')
export class DeadLetterController {
  constructor(
    private readonly listDeadLetters: ListDeadLetters,
    private readonly readDeadLetter: ReadDeadLetter,
  ) {}

  @Get()
  @OperatorAccess('viewer')
  @ApiOperation({ summary: 'Dead letters of one company or of all, the latest death first' })
  @ApiOkResponse({ type: DeadLetterPage })
  async list(@Query() query: DeadLettersQuery): Promise<DeadLetterPage> {
    const lines = await this.listDeadLetters.execute(query.filter(), readPosition(query), query.limit);
    return pageOf(lines, query.limit, positionOf, showDeadLetterLine);
  }

  @Get(':companyId/:eventId/:consumer')
  @OperatorAccess('viewer')
  @ApiOperation({
    summary: 'One delivery with its failure, its data, its raw webhook and what was done to it',
  })
  @ApiOkResponse({ type: DeadLetterDto })
  async read(@Param() params: DeliveryParams): Promise<DeadLetterDto> {
    const key = params.key();
    return showDeadLetter(key, await this.readDeadLetter.execute(key));
  }
}
