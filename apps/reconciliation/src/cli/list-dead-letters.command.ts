import { CommandRunner, Option, SubCommand } from 'nest-commander';
import type { DeadLetterPage } from '../dead-letter/dead-letter-response.dto.js';
import { OpsApi } from './ops-api.js';
import { Terminal } from './terminal.js';

type ListOptions = Partial<
  Record<'companyId' | 'consumer' | 'eventType' | 'code' | 'from' | 'until' | 'cursor' | 'limit', string>
>;

@SubCommand({ name: 'list', description: 'dead letters, the latest death first' })
export class ListDeadLettersCommand extends CommandRunner {
  constructor(
    private readonly api: OpsApi,
    private readonly terminal: Terminal,
  ) {
    super();
  }

  override async run(_: string[], options: ListOptions): Promise<void> {
    const page = await this.api.get<DeadLetterPage>('/v1/ops/dead-letters', options);
    if (page.data.length === 0) {
      this.terminal.line('No dead letters.');
      return;
    }
    this.terminal.table(
      ['DIED', 'COMPANY', 'EVENT', 'CONSUMER', 'TYPE', 'CODE', 'MESSAGE'],
      page.data.map((line) => [
        line.diedAt,
        line.companyId,
        line.eventId,
        line.consumer,
        line.eventType,
        line.code,
        line.message.split('\n', 1)[0] ?? '',
      ]),
    );
    if (page.nextCursor) this.terminal.line(`More: add --cursor ${page.nextCursor}`);
  }

  @Option({ flags: '--company-id <id>', description: 'one company only' })
  companyId(given: string): string {
    return given;
  }

  @Option({ flags: '--consumer <service>', description: 'the service that failed on it' })
  consumer(given: string): string {
    return given;
  }

  @Option({ flags: '--event-type <type>', description: 'for example webhook.received' })
  eventType(given: string): string {
    return given;
  }

  @Option({ flags: '--code <code>', description: 'error code, as the list shows it' })
  code(given: string): string {
    return given;
  }

  @Option({ flags: '--from <time>', description: 'died at or after; ISO 8601' })
  from(given: string): string {
    return given;
  }

  @Option({ flags: '--until <time>', description: 'died before; ISO 8601' })
  until(given: string): string {
    return given;
  }

  @Option({ flags: '--limit <count>', description: 'lines of a page' })
  limit(given: string): string {
    return given;
  }

  @Option({ flags: '--cursor <cursor>', description: 'go on where a page ended' })
  cursor(given: string): string {
    return given;
  }
}
