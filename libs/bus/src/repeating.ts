import { setTimeout as delay } from 'node:timers/promises';

export interface RepeatingOptions {
  /** How long it rests after each time. */
  readonly pauseMs: number;
  /** Told when a time failed; the next one comes all the same. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Work that is done again and again, one time after the other, until it is stopped: what claims rows that
 * have come due.
 */
export class Repeating {
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly work: () => Promise<unknown>,
    private readonly options: RepeatingOptions,
  ) {}

  start(): void {
    this.#running = this.#run();
  }

  /** Lets the work in hand finish. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.work();
      } catch (error) {
        this.options.onFailure(error);
      }
      await delay(this.options.pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
