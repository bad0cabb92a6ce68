import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '#database';
import { Clock } from '#kernel';

const EVERY_MS = 6 * 60 * 60 * 1000;
const MONTHS_AHEAD = 3;

/** Keeps the partitions of this month and the next two in being; every replica may try. */
@Injectable()
export class ClickPartitions implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(ClickPartitions.name);
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    void this.#ensureSoon();
    this.#timer = setInterval(() => void this.#ensureSoon(), EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** Creates what is missing; returns how many partitions are new. */
  async ensure(): Promise<number> {
    const rows = await this.database.transaction({ companies: [] }, (tx) =>
      tx.query<{ created: number }>('select tracking.create_click_partitions($1, $2) as created', [
        this.clock.now(),
        MONTHS_AHEAD,
      ]),
    );
    return rows[0]?.created ?? 0;
  }

  /** A failure costs nothing now: months are made ahead, and the default partition takes the rest. */
  async #ensureSoon(): Promise<void> {
    await this.ensure().catch((error: unknown) =>
      this.#logger.error({ err: error }, 'click_partitions.failed'),
    );
  }
}
