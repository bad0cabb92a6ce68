import { isUtf8 } from 'node:buffer';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, cursorId, pageOf } from '#http';
import { parseId, publicId } from '#kernel';
import { ReadWebhookRequests } from './read-webhook-requests.js';
import {
  type RawBodyDto,
  WebhookRequestDetailDto,
  type WebhookRequestDto,
  WebhookRequestPage,
  WebhookRequestsQuery,
} from './webhook-request.dto.js';
import type { ListedRequest } from './webhook-requests.js';

@ApiTags('Ingest')
@Controller('v1/webhook-requests')
export class WebhookRequestController {
  constructor(private readonly readWebhookRequests: ReadWebhookRequests) {}

  @Get()
  @CompanyAccess('integrations:read')
  @ApiOperation({ summary: 'Webhooks of the last 90 days, all, dead or in conflict, newest first' })
  @ApiOkResponse({ type: WebhookRequestPage })
  async list(
    @Company() { companyId }: CompanyPrincipal,
    @Query() query: WebhookRequestsQuery,
  ): Promise<WebhookRequestPage> {
    const rows = await this.readWebhookRequests.list(companyId, query.status, cursorId(query), query.limit);
    const status = query.status === 'conflict' ? 'conflict' : 'stored';
    return pageOf(
      rows,
      query.limit,
      (row) => row.rowId,
      (row) => show(row, status),
    );
  }

  @Get(':requestId')
  @CompanyAccess('integrations:read')
  @ApiOperation({ summary: 'One webhook with its raw body and what became of it' })
  @ApiOkResponse({ type: WebhookRequestDetailDto })
  async read(
    @Company() { companyId }: CompanyPrincipal,
    @Param('requestId') id: string,
  ): Promise<WebhookRequestDetailDto> {
    const request = await this.readWebhookRequests.one(companyId, parseId('WebhookRequest', id, 'requestId'));
    return {
      ...show(request, 'stored'),
      body: showBody(request.body),
      conflicts: request.conflicts.map(({ receivedAt, body }) => ({
        receivedAt: receivedAt.toISOString(),
        body: showBody(body),
      })),
    };
  }
}

const show = (row: ListedRequest, status: WebhookRequestDto['status']) => ({
  id: publicId('WebhookRequest', row.requestId),
  status,
  integrationId: publicId('Integration', row.integrationId),
  externalId: row.externalId,
  receivedAt: row.receivedAt.toISOString(),
  state: row.state,
  reason: row.reason,
  message: row.message,
});

const showBody = (body: Buffer): RawBodyDto =>
  isUtf8(body)
    ? { encoding: 'utf8', content: body.toString('utf8') }
    : { encoding: 'base64', content: body.toString('base64') };
