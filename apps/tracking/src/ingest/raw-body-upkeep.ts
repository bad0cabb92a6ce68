import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '#database';

const EVERY_MS = 6 * 60 * 60 * 1000;

/** Keeps the body table's monthly partitions: the next ones made early, those past 90 days dropped. */
@Injectable()
export class RawBodyUpkeep implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(RawBodyUpkeep.name);
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.#run();
    this.#timer = setInterval(() => void this.#run(), EVERY_MS);
    this.#timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  async #run(): Promise<void> {
    try {
      await this.database.transaction({ companies: [] }, async (tx) => {
        await tx.query('select tracking.make_raw_body_partitions(), tracking.drop_old_raw_bodies()');
      });
    } catch (error) {
      this.#logger.error({ err: error }, 'raw_bodies.upkeep_failed');
    }
  }
}
