import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  cursorId,
  Idempotent,
  type IdempotentRequest,
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

@ApiTags('Company: team')
@Controller('v1/company/api-keys')
export class OwnApiKeyController {
  constructor(
    private readonly createApiKey: CreateApiKey,
    private readonly listApiKeys: ListApiKeys,
    private readonly revokeApiKey: RevokeApiKey,
  ) {}

  @Post()
  @CompanyAccess('team:write')
  @ApiOperation({ summary: 'Make an API key that may do no more than you; its secret is shown this once' })
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  async create(
    @Company() company: CompanyPrincipal,
    @Body() body: CreateApiKeyBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<CreatedApiKeyDto> {
    return showCreatedApiKey(await this.createApiKey.execute(company, company.companyId, body, request));
  }

  @Get()
  @CompanyAccess('team:read')
  @ApiOperation({ summary: "List your company's API keys, revoked ones too, newest first" })
  @ApiOkResponse({ type: ApiKeyPage })
  async list(@Company() { companyId }: CompanyPrincipal, @Query() query: PageQuery): Promise<ApiKeyPage> {
    const keys = await this.listApiKeys.execute(companyId, query.limit, cursorId(query));
    return pageOf(keys, query.limit, (key) => key.apiKeyId, showApiKey);
  }

  @Delete(':apiKeyId')
  @CompanyAccess('team:write')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an API key of yours: it stops working within five seconds' })
  @ApiNoContentResponse()
  revoke(@Company() { companyId }: CompanyPrincipal, @Param('apiKeyId') apiKeyId: string): Promise<void> {
    return this.revokeApiKey.execute(companyId, parseId('ApiKey', apiKeyId, 'apiKeyId'));
  }
}
