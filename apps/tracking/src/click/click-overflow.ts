import { join } from 'node:path';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { within } from '#kernel';
import { AppConfig } from '#config';
import { Metrics } from '#observability';
import { errorCodeOf } from '../error-code.js';
import type { Click } from './click.js';
import { ClickLosses } from './click-losses.js';
import { ClickSpool } from './click-spool.js';
import { ClickStore } from './click-store.js';

const DRAIN_EVERY_MS = 250;
const DRAIN_ROWS = 500;
/** A statement that hangs on a dead connection must not keep the next attempt from a live one. */
const DRAIN_DEADLINE_MS = 10_000;

/**
 * Where clicks go while PostgreSQL is away or slow, and how they come back: spooled, then drained in order
 * of arrival. Once engaged, clicks go straight to the spool until a drain has shown that PostgreSQL answers.
 */
@Injectable()
export class ClickOverflow implements OnModuleInit {
  readonly #logger = new Logger(ClickOverflow.name);
  #spool: ClickSpool | undefined;
  #timer: NodeJS.Timeout | undefined;
  #draining: Promise<void> = Promise.resolve();
  #isEngaged = false;
  #isClosing = false;

  constructor(
    private readonly config: AppConfig,
    private readonly store: ClickStore,
    private readonly losses: ClickLosses,
    private readonly metrics: Metrics,
  ) {}

  async onModuleInit(): Promise<void> {
    const directory = join(this.config.dataDir, 'tracking', 'clicks');
    const spool = await ClickSpool.open(directory, this.config.clickSpoolMaxBytes);
    this.#spool = spool;
    this.metrics.registerMetric(
      new Gauge({
        name: 'click_spool_bytes',
        help: 'Clicks on disk that PostgreSQL has not taken yet.',
        registers: [],
        collect() {
          this.set(spool.bytes);
        },
      }),
    );
    this.#scheduleDrain(0);
  }

  get isEngaged(): boolean {
    return this.#isEngaged;
  }

  /** PostgreSQL failed to take clicks. */
  engage(cause: unknown): void {
    if (this.#isEngaged) return;
    this.#isEngaged = true;
    this.#logger.warn({ err: cause }, 'clicks.spooling');
  }

  /** Resolves when the clicks are on disk, or counted as lost: a redirect never fails the visitor. */
  async keep(clicks: readonly Click[]): Promise<void> {
    try {
      await this.#openSpool().append(clicks);
    } catch (error) {
      this.losses.count(clicks.length, error);
    }
  }

  /** Stops draining and closes the files; what they hold is drained after the next start. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#timer);
    await this.#draining;
    await this.#openSpool().close();
  }

  #scheduleDrain(afterMs: number): void {
    if (this.#isClosing) return;
    this.#timer = setTimeout(() => {
      this.#draining = this.#drain()
        .catch((error: unknown) => this.engage(error))
        .finally(() => this.#scheduleDrain(DRAIN_EVERY_MS));
    }, afterMs);
  }

  async #drain(): Promise<void> {
    const spool = this.#openSpool();
    for (let segment = await spool.oldest(); segment; segment = await spool.oldest()) {
      for (let start = 0; start < segment.clicks.length; start += DRAIN_ROWS) {
        if (this.#isClosing) return;
        const clicks = segment.clicks.slice(start, start + DRAIN_ROWS);
        await this.#storeSpooled(clicks);
        this.#isEngaged = false;
      }
      await spool.remove(segment.name);
      if (segment.unreadable > 0) this.losses.count(segment.unreadable, new Error('unreadable spool lines'));
      this.#logger.log({ clicks: segment.clicks.length }, 'clicks.drained');
    }
    this.#isEngaged = false;
  }

  /** One row that PostgreSQL refuses must not hold back the others: halves until it stands alone. */
  async #storeSpooled(clicks: readonly Click[]): Promise<void> {
    try {
      await within(DRAIN_DEADLINE_MS, this.store.storeSpooled(clicks));
    } catch (error) {
      if (!isFaultOfRow(error)) throw error;
      if (clicks.length === 1) {
        this.losses.count(1, error);
        return;
      }
      const middle = Math.ceil(clicks.length / 2);
      await this.#storeSpooled(clicks.slice(0, middle));
      await this.#storeSpooled(clicks.slice(middle));
    }
  }

  #openSpool(): ClickSpool {
    if (!this.#spool) throw new Error('the click spool is not open yet');
    return this.#spool;
  }
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint): trying again cannot help. */
function isFaultOfRow(error: unknown): boolean {
  return /^2[23]...$/.test(errorCodeOf(error) ?? '');
}
