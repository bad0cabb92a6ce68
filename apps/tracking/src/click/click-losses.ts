import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Metrics } from '#observability';

const ALARM_EVERY_MS = 10_000;

/** Counts the clicks that could be kept nowhere, and raises the alarm without flooding the log. */
@Injectable()
export class ClickLosses {
  readonly #logger = new Logger(ClickLosses.name);
  readonly #counter: Counter;
  #alarmedAt = -Infinity;

  constructor(metrics: Metrics) {
    this.#counter = new Counter({
      name: 'clicks_lost',
      help: 'Clicks redirected but not stored: the spool was full or broken. Must be 0.',
      registers: [metrics],
    });
  }

  count(clicks: number, cause: unknown): void {
    this.#counter.inc(clicks);
    if (performance.now() - this.#alarmedAt < ALARM_EVERY_MS) return;
    this.#alarmedAt = performance.now();
    this.#logger.error({ clicks, err: cause }, 'clicks.lost');
  }
}
