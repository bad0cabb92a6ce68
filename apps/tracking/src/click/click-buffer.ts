import { Injectable } from '@nestjs/common';
import { within } from '#kernel';
import type { Click } from './click.js';
import { ClickOverflow } from './click-overflow.js';
import { ClickStore } from './click-store.js';

const MAX_ROWS = 200;
/** How long a visitor waits for PostgreSQL before the click goes to the spool instead. */
const COMMIT_DEADLINE_MS = 50;

/** Clicks on their way together, and who waits for them. */
interface Batch {
  readonly clicks: Click[];
  readonly replies: (() => void)[];
  readonly openedAt: number;
}

/**
 * Group commit without a timer: the clicks of one turn of the event loop, and all that come while the
 * commit before is under way, become one transaction; 200 of one turn do not wait for its end. A lone
 * visitor waits for no one else; the busier it is, the larger the sets. A visitor is answered when the
 * click is durable: committed, or in the fsynced spool. Callbacks rather than promises, because at tens of
 * thousands of clicks a second each await is felt.
 */
@Injectable()
export class ClickBuffer {
  /** One at a time: two would halve the sets and wait for each other in PostgreSQL. */
  #commit: Promise<void> | undefined;
  #open: Batch | undefined;
  #scheduled: NodeJS.Immediate | undefined;

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
    else this.#scheduled ??= setImmediate(this.#send);
  }

  /** Resolves once everything added before is durable. */
  async settle(): Promise<void> {
    this.#send();
    while (this.#commit) await this.#commit;
  }

  readonly #send = (): void => {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    const batch = this.#open;
    if (!batch || this.#commit) return;
    this.#open = undefined;
    this.#commit = this.#keep(batch).finally(() => {
      this.#commit = undefined;
      if (this.#open) this.#send();
    });
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
