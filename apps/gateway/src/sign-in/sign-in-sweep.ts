import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Repeating } from '#bus';
import { ForgetSignIns } from './forget-sign-ins.js';

/** With the 15 minutes of a link, an address that never signs in is gone half an hour after it was given. */
const PAUSE_MS = 15 * 60_000;

/** Forgets sign-ins for as long as the process lives; a failed run is logged and repeated. */
@Injectable()
export class SignInSweep implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(SignInSweep.name);
  readonly #repeating: Repeating;

  constructor(forgetSignIns: ForgetSignIns) {
    this.#repeating = new Repeating(() => forgetSignIns.execute(), {
      pauseMs: PAUSE_MS,
      onFailure: (error) => this.#logger.error({ err: error }, 'sign_ins.sweep_failed'),
    });
  }

  onApplicationBootstrap(): void {
    this.#repeating.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.#repeating.stop();
  }
}
