import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ExpireDeals } from './expire-deals.js';

/** A registration ends on a day, so a minute is soon enough; a new one looks for itself. */
const PAUSE_MS = 60_000;

/** Ends registrations for as long as the process lives; a failed run is logged and repeated. */
@Injectable()
export class DealExpiryLoop implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(DealExpiryLoop.name);
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly expireDeals: ExpireDeals) {}

  onApplicationBootstrap(): void {
    this.#running = this.#run();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.expireDeals.execute();
      } catch (error) {
        this.#logger.error('registrations of deals could not be ended; trying again', error);
      }
      await delay(PAUSE_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }
}
