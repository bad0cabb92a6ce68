import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { companyScope, Database } from '#database';
import { Company, CompanyAccess, type CompanyPrincipal } from '#http';
import { parseId } from '#kernel';
import { getIntegration } from '../integration/integrations.js';
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

/** Tells a company whose webhooks never arrive that they do, but are refused. */
@ApiTags('integrations')
@Controller('v1/integrations/:id/signature-failures')
export class SignatureFailureController {
  constructor(private readonly database: Database) {}

  @Get()
  @CompanyAccess('integrations:read')
  @ApiOperation({ summary: 'Requests refused for their signature, per day and reason, newest first' })
  @ApiOkResponse({ type: SignatureFailureList })
  async list(
    @Company() { companyId }: CompanyPrincipal,
    @Param('id') id: string,
  ): Promise<SignatureFailureList> {
    const integrationId = parseId('Integration', id);
    const rows = await this.database.transaction(companyScope(companyId), async (tx) => {
      await getIntegration(tx, companyId, integrationId);
      return tx.query<
        Omit<SignatureFailureDto, 'failures' | 'lastAt'> & { failures: string; last_at: string }
      >(
        `select day::text, reason, failures, last_at, sample from tracking.signature_failure
         where company_id = $1 and integration_id = $2 order by day desc, reason limit 100`,
        [companyId, integrationId],
      );
    });
    const data = rows.map(({ day, reason, failures, last_at, sample }) => ({
      day,
      reason,
      failures: Number(failures),
      lastAt: new Date(last_at).toISOString(),
      sample,
    }));
    return { data };
  }
}
