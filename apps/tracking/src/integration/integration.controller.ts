import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { AppConfig } from '#config';
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
import { parseId, publicId } from '#kernel';
import { ChangeIntegration } from './change-integration.js';
import { ConnectIntegration } from './connect-integration.js';
import {
  AddSecretBody,
  ChangeIntegrationBody,
  ConnectedIntegrationDto,
  ConnectIntegrationBody,
  IntegrationDto,
  IntegrationPage,
  NewSecretDto,
} from './integration.dto.js';
import type { IntegrationView } from './integrations.js';
import { ReadIntegrations } from './read-integrations.js';
import { RevokeSecret } from './revoke-secret.js';
import { RotateSecret } from './rotate-secret.js';
import type { NewSecret } from './secrets.js';

@ApiTags('Integrations')
@Controller('v1/integrations')
export class IntegrationController {
  constructor(
    private readonly readIntegrations: ReadIntegrations,
    private readonly config: AppConfig,
    private readonly connectIntegration: ConnectIntegration,
    private readonly changeIntegration: ChangeIntegration,
    private readonly rotateSecret: RotateSecret,
    private readonly revokeSecret: RevokeSecret,
  ) {}

  @Post()
  @CompanyAccess('integrations:write')
  @ApiOperation({ summary: 'Connect a platform that will send webhooks' })
  @ApiCreatedResponse({ type: ConnectedIntegrationDto })
  async connect(
    @Company() company: CompanyPrincipal,
    @Body() body: ConnectIntegrationBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ConnectedIntegrationDto> {
    const { integration, newSecret } = await this.connectIntegration.execute(
      company.companyId,
      body,
      request,
    );
    return { ...this.#show(integration), newSecret: newSecret && showSecret(newSecret) };
  }

  @Get()
  @ApiOperation({ summary: 'List your integrations' })
  @CompanyAccess('integrations:read')
  @ApiOkResponse({ type: IntegrationPage })
  async list(
    @Company() { companyId }: CompanyPrincipal,
    @Query() query: PageQuery,
  ): Promise<IntegrationPage> {
    const rows = await this.readIntegrations.list(companyId, cursorId(query), query.limit);
    return pageOf(
      rows,
      query.limit,
      (row) => row.integrationId,
      (row) => this.#show(row),
    );
  }

  @Get(':integrationId')
  @ApiOperation({ summary: 'Read an integration' })
  @CompanyAccess('integrations:read')
  @ApiOkResponse({ type: IntegrationDto })
  async read(
    @Company() { companyId }: CompanyPrincipal,
    @Param('integrationId') id: string,
  ): Promise<IntegrationDto> {
    return this.#show(
      await this.readIntegrations.one(companyId, parseId('Integration', id, 'integrationId')),
    );
  }

  @Patch(':integrationId')
  @ApiOperation({ summary: 'Change an integration' })
  @CompanyAccess('integrations:write')
  @ApiOkResponse({ type: IntegrationDto })
  async change(
    @Company() { companyId }: CompanyPrincipal,
    @Param('integrationId') id: string,
    @Body() body: ChangeIntegrationBody,
  ): Promise<IntegrationDto> {
    return this.#show(
      await this.changeIntegration.execute(companyId, parseId('Integration', id, 'integrationId'), body),
    );
  }

  @Post(':integrationId/secrets')
  @CompanyAccess('integrations:write')
  @ApiOperation({
    summary: 'Put one more signing secret in force',
    description: 'The others stay in force: change the sender, then revoke the old one.',
  })
  @ApiCreatedResponse({ type: NewSecretDto })
  async addSecret(
    @Company() { companyId }: CompanyPrincipal,
    @Param('integrationId') id: string,
    @Body() body: AddSecretBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<NewSecretDto> {
    const integrationId = parseId('Integration', id, 'integrationId');
    return showSecret(await this.rotateSecret.execute(companyId, integrationId, body.secret, request));
  }

  @Delete(':integrationId/secrets/:secretId')
  @HttpCode(204)
  @CompanyAccess('integrations:write')
  @ApiOperation({ summary: 'Revoke a signing secret; takes effect within 5 seconds' })
  @ApiNoContentResponse()
  async revoke(
    @Company() { companyId }: CompanyPrincipal,
    @Param('integrationId') id: string,
    @Param('secretId') secretId: string,
  ): Promise<void> {
    await this.revokeSecret.execute(
      companyId,
      parseId('Integration', id, 'integrationId'),
      parseId('IntegrationSecret', secretId, 'secretId'),
    );
  }

  #show(integration: IntegrationView) {
    const id = publicId('Integration', integration.integrationId);
    return {
      id,
      kind: integration.kind,
      name: integration.name,
      fulfilmentPolicy: integration.fulfilmentPolicy,
      ingestUrl: new URL(`/v1/ingest/${id}`, this.config.publicUrl).href,
      secrets: integration.secrets.map(({ secretId, createdAt }) => ({
        id: publicId('IntegrationSecret', secretId),
        createdAt: createdAt.toISOString(),
      })),
      createdAt: integration.createdAt.toISOString(),
    };
  }
}

const showSecret = ({ secretId, createdAt, secret }: NewSecret): NewSecretDto => ({
  id: publicId('IntegrationSecret', secretId),
  createdAt: createdAt.toISOString(),
  secret,
});
