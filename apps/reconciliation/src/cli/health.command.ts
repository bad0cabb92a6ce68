import { Command, CommandRunner } from 'nest-commander';
import type { HealthSummaryDto } from '../health/health.dto.js';
import { OpsApi } from './ops-api.js';
import { Terminal } from './terminal.js';

@Command({ name: 'health', description: 'backlog, age and dead letters of every consumer' })
export class HealthCommand extends CommandRunner {
  constructor(
    private readonly api: OpsApi,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(): Promise<void> {
    const { consumers } = await this.api.get<HealthSummaryDto>('/v1/ops/health');
    this.terminal.table(
      ['CONSUMER', 'READY', 'OLDEST S', 'SENT', 'PARKED', 'OVERDUE', 'DEAD'],
      consumers.map((of) => [
        of.consumer,
        of.ready,
        of.oldestReadySeconds,
        of.sent,
        of.parked,
        of.overdue,
        of.dead,
      ]),
    );
  }
}
