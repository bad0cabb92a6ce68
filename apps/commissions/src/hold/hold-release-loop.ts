import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Repeating } from '#bus';
import { ReleaseHolds } from './release-holds.js';

const PAUSE_MS = 1_000;

/** Runs the release of holds for as long as the process lives; a failed run is logged and repeated. */
@Injectable()
export class HoldReleaseLoop implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(HoldReleaseLoop.name);
  readonly #repeating: Repeating;

  constructor(releaseHolds: ReleaseHolds) {
    this.#repeating = new Repeating(() => releaseHolds.execute(), {
      pauseMs: PAUSE_MS,
      onFailure: (error) => this.#logger.error({ err: error }, 'holds.release_failed'),
    });
  }

  onApplicationBootstrap(): void {
    this.#repeating.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.#repeating.stop();
  }
}
