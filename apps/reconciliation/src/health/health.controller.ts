import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OperatorAccess } from '#http';
import { HealthSummaryDto } from './health.dto.js';
import { SummariseHealth } from './summarise-health.js';

@ApiTags('Operations')
@Controller('v1/ops/health')
export class PipelineHealthController {
  constructor(private readonly summariseHealth: SummariseHealth) {}

  @Get()
  @OperatorAccess('viewer')
  @ApiOperation({ summary: 'Backlog, age and dead letters of every consumer, over all companies' })
  @ApiOkResponse({ type: HealthSummaryDto })
  async read(): Promise<HealthSummaryDto> {
    return { consumers: await this.summariseHealth.execute() };
  }
}
