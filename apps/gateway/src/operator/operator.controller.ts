import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { cursorId, Idempotent, type IdempotentRequest, OperatorAccess, pageOf, PageQuery } from '#http';
import { parseId } from '#kernel';
import { AddOperator } from './add-operator.js';
import { ListOperators } from './list-operators.js';
import {
  AddedOperatorDto,
  AddOperatorBody,
  OperatorPage,
  showAddedOperator,
  showOperator,
} from './operator.dto.js';
import { RevokeOperator } from './revoke-operator.js';

@ApiTags('Operations: operators')
@OperatorAccess('admin')
@Controller('v1/ops/operators')
export class OperatorController {
  constructor(
    private readonly addOperator: AddOperator,
    private readonly listOperators: ListOperators,
    private readonly revokeOperator: RevokeOperator,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Give an operator a token with a role; it is shown this once' })
  @ApiCreatedResponse({ type: AddedOperatorDto })
  async add(
    @Body() body: AddOperatorBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<AddedOperatorDto> {
    return showAddedOperator(await this.addOperator.execute(body, request));
  }

  @Get()
  @ApiOperation({ summary: 'List operators, revoked ones too, newest first' })
  @ApiOkResponse({ type: OperatorPage })
  async list(@Query() query: PageQuery): Promise<OperatorPage> {
    const operators = await this.listOperators.execute(query.limit, cursorId(query));
    return pageOf(operators, query.limit, (operator) => operator.operatorId, showOperator);
  }

  @Delete(':operatorId')
  @HttpCode(204)
  @ApiOperation({ summary: "Revoke an operator's token: it stops working within five seconds" })
  @ApiNoContentResponse()
  revoke(@Param('operatorId') operatorId: string): Promise<void> {
    return this.revokeOperator.execute(parseId('Operator', operatorId, 'operatorId'));
  }
}
