import { CommandRunner, Option, SubCommand } from 'nest-commander';
import type { InterventionReceiptDto } from '../intervention/intervention.dto.js';
import { DELIVERY_ARGUMENTS, deliveryPath } from './delivery-path.js';
import { OpsApi } from './ops-api.js';
import { Terminal } from './terminal.js';

@SubCommand({
  name: 'discard',
  arguments: DELIVERY_ARGUMENTS,
  description: 'set it aside; it stays visible and can be replayed',
})
export class DiscardDeadLetterCommand extends CommandRunner {
  constructor(
    private readonly api: OpsApi,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(parameters: string[], { reason }: { reason: string }): Promise<void> {
    const path = `${deliveryPath(parameters)}/discard`;
    const receipt = await this.api.post<InterventionReceiptDto>(path, { reason });
    this.terminal.line(`${receipt.outcome} (${receipt.interventionId})`);
  }

  @Option({ flags: '--reason <text>', description: 'why, for the record', required: true })
  reason(given: string): string {
    return given;
  }
}
