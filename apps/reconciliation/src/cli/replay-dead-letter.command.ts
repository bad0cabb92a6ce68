import { CommandRunner, Option, SubCommand } from 'nest-commander';
import type { InterventionReceiptDto } from '../intervention/intervention.dto.js';
import { DELIVERY_ARGUMENTS, deliveryPath } from './delivery-path.js';
import { OpsApi } from './ops-api.js';
import { Terminal } from './terminal.js';

@SubCommand({
  name: 'replay',
  arguments: DELIVERY_ARGUMENTS,
  description: 'hand it to its consumer again; harmless when it is done',
})
export class ReplayDeadLetterCommand extends CommandRunner {
  constructor(
    private readonly api: OpsApi,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(parameters: string[], { reason }: { reason: string }): Promise<void> {
    const path = `${deliveryPath(parameters)}/replay`;
    const receipt = await this.api.post<InterventionReceiptDto>(path, { reason });
    this.terminal.line(`${receipt.outcome} (${receipt.interventionId})`);
  }

  @Option({ flags: '--reason <text>', description: 'why, for the record', required: true })
  reason(given: string): string {
    return given;
  }
}
