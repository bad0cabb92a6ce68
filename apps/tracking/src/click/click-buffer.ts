import { Injectable } from '@nestjs/common';
import { within } from '#kernel';
import { GroupCommit } from '../group-commit.js';
import type { Click } from './click.js';
import { ClickOverflow } from './click-overflow.js';
import { ClickStore } from './click-store.js';

const MAX_ROWS = 500;
/** One at a time: two would halve the sets and wait for each other in PostgreSQL. */
const WRITERS = 1;
/** How long a visitor waits for PostgreSQL before the click goes to the spool instead. */
const COMMIT_DEADLINE_MS = 50;

/** A click on its way, and who waits for it. */
interface Waiting {
  readonly click: Click;
  readonly reply: () => void;
  readonly since: number;
}

/**
 * Commits clicks in groups. A visitor is answered when the click is durable: committed, or in the fsynced
 * spool. Callbacks rather than promises, because at tens of thousands of clicks a second each await is felt.
 */
@Injectable()
export class ClickBuffer {
  readonly #group = new GroupCommit<Waiting>({
    maxItems: MAX_ROWS,
    writers: WRITERS,
    commit: (batch) => this.#keep(batch),
  });

  constructor(
    private readonly store: ClickStore,
    private readonly overflow: ClickOverflow,
  ) {}

  /** Calls `reply` once, when the click is durable or counted as lost. */
  add(click: Click, reply: () => void): void {
    this.#group.add({ click, reply, since: performance.now() });
  }

  /** Resolves once everything added before is durable. */
  settle(): Promise<void> {
    return this.#group.settle();
  }

  async #keep(batch: readonly Waiting[]): Promise<void> {
    const clicks = batch.map(({ click }) => click);
    if (this.overflow.isEngaged || !(await this.#isStoredInTime(clicks, batch[0]?.since ?? 0))) {
      await this.overflow.keep(clicks);
    }
    for (const { reply } of batch) reply();
  }

  /** A commit that comes after the deadline does no harm: the spool stores the same click ids. */
  async #isStoredInTime(clicks: readonly Click[], since: number): Promise<boolean> {
    try {
      await within(since + COMMIT_DEADLINE_MS - performance.now(), this.store.store(clicks));
      return true;
    } catch (error) {
      this.overflow.engage(error);
      return false;
    }
  }
}
