import { CommandRunner, SubCommand } from 'nest-commander';
import { DELIVERY_ARGUMENTS, deliveryPath } from './delivery-path.js';
import { OpsApi } from './ops-api.js';
import { Terminal } from './terminal.js';

@SubCommand({
  name: 'show',
  arguments: DELIVERY_ARGUMENTS,
  description: 'one dead letter: failure, data, raw webhook, revisions and what was done to it',
})
export class ShowDeadLetterCommand extends CommandRunner {
  constructor(
    private readonly api: OpsApi,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(parameters: string[]): Promise<void> {
    const path = deliveryPath(parameters);
    const letter = await this.api.get<object>(path);
    const revisions = await this.api.get<{ data: unknown }>(`${path}/revisions`);
    this.terminal.json({ ...letter, revisions: revisions.data });
  }
}
