import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ReleaseHolds } from './release-holds.js';

const PAUSE_MS = 1_000;

/** Runs the release of holds for as long as the process lives; a failed run is logged and repeated. */
@Injectable()
export class HoldReleaseLoop implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(HoldReleaseLoop.name);
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly releaseHolds: ReleaseHolds) {}

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
        await this.releaseHolds.execute();
      } catch (error) {
        this.#logger.error('holds could not be released; trying again', error);
      }
      await delay(PAUSE_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }
}
