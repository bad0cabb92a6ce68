import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal } from '#http';
import { parseId } from '#kernel';
import { ReadSignatureFailures } from './read-signature-failures.js';
import { SIGNATURE_FAULTS, type SignatureFault } from './signature/verdict.js';

class SignatureFailureDto {
  @ApiProperty({ example: '2026-05-12', description: 'UTC' })
  day!: string;

  @ApiProperty({ enum: SIGNATURE_FAULTS })
  reason!: SignatureFault;

  @ApiProperty()
  failures!: number;

  @ApiProperty()
  lastAt!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Headers of the newest one; sent by anybody, so trust nothing of it',
  })
  sample!: Record<string, string>;
}

class SignatureFailureList {
  @ApiProperty({ type: [SignatureFailureDto] })
  data!: SignatureFailureDto[];
}

@ApiTags('integrations')
@Controller('v1/integrations/:integrationId/signature-failures')
export class SignatureFailureController {
  constructor(private readonly readSignatureFailures: ReadSignatureFailures) {}

  @Get()
  @CompanyAccess('integrations:read')
  @ApiOperation({ summary: 'Requests refused for their signature, per day and reason, newest first' })
  @ApiOkResponse({ type: SignatureFailureList })
  async list(
    @Company() { companyId }: CompanyPrincipal,
    @Param('integrationId') id: string,
  ): Promise<SignatureFailureList> {
    const rows = await this.readSignatureFailures.execute(
      companyId,
      parseId('Integration', id, 'integrationId'),
    );
    return {
      data: rows.map((row) => ({ ...row, sample: { ...row.sample }, lastAt: row.lastAt.toISOString() })),
    };
  }
}
