import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Repeating } from '#bus';
import { ExpireDeals } from './expire-deals.js';

/** A registration ends on a day, so a minute is soon enough; a new one looks for itself. */
const PAUSE_MS = 60_000;

/** Ends registrations for as long as the process lives; a failed run is logged and repeated. */
@Injectable()
export class DealExpiryLoop implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(DealExpiryLoop.name);
  readonly #repeating: Repeating;

  constructor(expireDeals: ExpireDeals) {
    this.#repeating = new Repeating(() => expireDeals.execute(), {
      pauseMs: PAUSE_MS,
      onFailure: (error) => this.#logger.error({ err: error }, 'deals.expiry_failed'),
    });
  }

  onApplicationBootstrap(): void {
    this.#repeating.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.#repeating.stop();
  }
}
