import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiParam,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { bodyBytes, RawBody } from '#http';
import { publicId } from '#kernel';
import { AcceptWebhook } from './accept-webhook.js';

class ReceiptDto {
  @ApiProperty({
    enum: ['accepted', 'duplicate', 'conflict'],
    description:
      '`duplicate`: this id with this content was stored before. `conflict`: this id came before with other content, which stays in force; see GET /v1/webhook-requests?status=conflict.',
  })
  status!: 'accepted' | 'duplicate' | 'conflict';

  @ApiProperty({ example: 'req_01h455vb4pex5vsknk084sn02q' })
  requestId!: string;
}

/** Where companies' platforms report what happened. */
@ApiTags('Ingest')
@Controller('v1/ingest')
export class IngestController {
  constructor(private readonly acceptWebhook: AcceptWebhook) {}

  @Post(':integration')
  @HttpCode(202)
  @RawBody()
  @ApiOperation({
    summary: 'Receive a signed webhook',
    description: 'Answers 202 only once the request is durable. Send it again after anything but a 2xx.',
  })
  @ApiParam({ name: 'integration', example: 'int_01h455vb4pex5vsknk084sn02q' })
  @ApiConsumes('application/json')
  @ApiBody({ schema: { type: 'object' }, description: 'At most 1,000,000 bytes; signed byte for byte' })
  @ApiAcceptedResponse({ type: ReceiptDto })
  async receive(@Req() request: FastifyRequest<{ Params: { integration: string } }>): Promise<ReceiptDto> {
    const { params, headers } = request;
    const receipt = await this.acceptWebhook.execute(params.integration, headers, bodyBytes(request));
    return { status: receipt.status, requestId: publicId('WebhookRequest', receipt.requestId) };
  }
}
