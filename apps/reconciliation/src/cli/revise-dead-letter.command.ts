import { readFile } from 'node:fs/promises';
import { CommandRunner, Option, SubCommand } from 'nest-commander';
import type { RevisionReceiptDto } from '../revision/revision.dto.js';
import { CommandFailure } from './command-failure.js';
import { DELIVERY_ARGUMENTS, deliveryPath } from './delivery-path.js';
import { OpsApi } from './ops-api.js';
import { Terminal } from './terminal.js';

interface ReviseOptions {
  readonly reason: string;
  readonly bodyFile?: string;
  readonly dataFile?: string;
}

@SubCommand({
  name: 'revise',
  arguments: DELIVERY_ARGUMENTS,
  description: 'add a corrected revision for the next replay; the original is kept',
})
export class ReviseDeadLetterCommand extends CommandRunner {
  constructor(
    private readonly api: OpsApi,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(parameters: string[], options: ReviseOptions): Promise<void> {
    const correction = await correctionIn(options);
    const { revision } = await this.api.post<RevisionReceiptDto>(`${deliveryPath(parameters)}/revisions`, {
      ...correction,
      reason: options.reason,
    });
    this.terminal.line(`revision ${revision}; replay it with: dead-letters replay ${parameters.join(' ')}`);
  }

  @Option({ flags: '--reason <text>', description: 'why, for the record', required: true })
  reason(given: string): string {
    return given;
  }

  @Option({ flags: '--body-file <file>', description: "a webhook's corrected raw body" })
  bodyFile(given: string): string {
    return given;
  }

  @Option({ flags: '--data-file <file>', description: "any other event's whole corrected data, JSON" })
  dataFile(given: string): string {
    return given;
  }
}

async function correctionIn({
  bodyFile,
  dataFile,
}: ReviseOptions): Promise<{ body: string } | { data: unknown }> {
  if (bodyFile && !dataFile) return { body: await readFile(bodyFile, 'utf8') };
  if (dataFile && !bodyFile) return { data: JSON.parse(await readFile(dataFile, 'utf8')) as unknown };
  throw new CommandFailure('Give exactly one of --body-file (webhooks) and --data-file (other events).');
}
