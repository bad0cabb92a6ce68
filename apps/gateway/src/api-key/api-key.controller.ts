import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  cursorId,
  Idempotent,
  type IdempotentRequest,
  Operator,
  OperatorAccess,
  type OperatorPrincipal,
  pageOf,
  PageQuery,
} from '#http';
import { parseId } from '#kernel';
import {
  ApiKeyPage,
  CreateApiKeyBody,
  CreatedApiKeyDto,
  showApiKey,
  showCreatedApiKey,
} from './api-key.dto.js';
import { CreateApiKey } from './create-api-key.js';
import { ListApiKeys } from './list-api-keys.js';
import { RevokeApiKey } from './revoke-api-key.js';

const companyIdOf = (text: string) => parseId('Company', text, 'companyId');

@ApiTags('Operations: companies')
@Controller('v1/ops/companies/:companyId/api-keys')
export class ApiKeyController {
  constructor(
    private readonly createApiKey: CreateApiKey,
    private readonly listApiKeys: ListApiKeys,
    private readonly revokeApiKey: RevokeApiKey,
  ) {}

  @Post()
  @OperatorAccess('operator')
  @ApiOperation({ summary: 'Give a company an API key; its secret is shown this once' })
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  async create(
    @Operator() operator: OperatorPrincipal,
    @Param('companyId') companyId: string,
    @Body() body: CreateApiKeyBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<CreatedApiKeyDto> {
    return showCreatedApiKey(
      await this.createApiKey.execute(operator, companyIdOf(companyId), body, request),
    );
  }

  @Get()
  @OperatorAccess('viewer')
  @ApiOperation({ summary: "List a company's API keys, revoked ones too, newest first" })
  @ApiOkResponse({ type: ApiKeyPage })
  async list(@Param('companyId') companyId: string, @Query() query: PageQuery): Promise<ApiKeyPage> {
    const keys = await this.listApiKeys.execute(companyIdOf(companyId), query.limit, cursorId(query));
    return pageOf(keys, query.limit, (key) => key.apiKeyId, showApiKey);
  }

  @Delete(':apiKeyId')
  @OperatorAccess('operator')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an API key: it stops working within five seconds' })
  @ApiNoContentResponse()
  revoke(@Param('companyId') companyId: string, @Param('apiKeyId') apiKeyId: string): Promise<void> {
    return this.revokeApiKey.execute(companyIdOf(companyId), parseId('ApiKey', apiKeyId, 'apiKeyId'));
  }
}
