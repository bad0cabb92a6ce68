import { Injectable } from '@nestjs/common';
import { within } from '#kernel';
import type { Click } from './click.js';
import { ClickOverflow } from './click-overflow.js';
import { ClickStore, MAX_COMMITS } from './click-store.js';

const MAX_ROWS = 200;
const MAX_WAIT_MS = 1;
/** How long a visitor waits for PostgreSQL before the click goes to the spool instead. */
const COMMIT_DEADLINE_MS = 50;

/** Clicks on their way together, and who waits for them. */
interface Batch {
  readonly clicks: Click[];
  readonly replies: (() => void)[];
  readonly openedAt: number;
}

/**
 * Group commit: clicks of at most 2 ms or 200 rows become one transaction, two of them at a time. A visitor
 * is answered when the click is durable: committed, or in the fsynced spool. Callbacks rather than
 * promises, because at tens of thousands of clicks a second each await is felt.
 */
@Injectable()
export class ClickBuffer {
  readonly #inFlight = new Set<Promise<void>>();
  #open: Batch | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: ClickStore,
    private readonly overflow: ClickOverflow,
  ) {}

  /** Calls `reply` once, when the click is durable or counted as lost. */
  add(click: Click, reply: () => void): void {
    const batch = (this.#open ??= { clicks: [], replies: [], openedAt: performance.now() });
    batch.clicks.push(click);
    batch.replies.push(reply);
    if (batch.clicks.length >= MAX_ROWS) this.#send();
    else this.#timer ??= setTimeout(this.#send, MAX_WAIT_MS);
  }

  /** Resolves once everything added before is durable. */
  async settle(): Promise<void> {
    this.#send();
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
  }

  readonly #send = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#open;
    if (!batch || this.#inFlight.size >= MAX_COMMITS) return;
    this.#open = undefined;
    const work = this.#keep(batch).finally(() => {
      this.#inFlight.delete(work);
      if (this.#open) this.#send();
    });
    this.#inFlight.add(work);
  };

  async #keep(batch: Batch): Promise<void> {
    if (this.overflow.isEngaged || !(await this.#isStoredInTime(batch))) {
      await this.overflow.keep(batch.clicks);
    }
    for (const reply of batch.replies) reply();
  }

  /** A commit that comes after the deadline does no harm: the spool stores the same click ids. */
  async #isStoredInTime(batch: Batch): Promise<boolean> {
    try {
      const remaining = batch.openedAt + COMMIT_DEADLINE_MS - performance.now();
      await within(remaining, this.store.store(batch.clicks));
      return true;
    } catch (error) {
      this.overflow.engage(error);
      return false;
    }
  }
}
