import { Unavailable } from '#kernel';

export interface GroupCommitOptions<Item, Result> {
  /** Makes a batch durable; one result or error per item, in order. Rejects when all failed alike. */
  readonly commit: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>;
  readonly maxItems: number;
  /** Batches under way at the same time. */
  readonly writers: number;
  /** Items waiting or under way; one more is refused at once. */
  readonly capacity: number;
  /** After this an item is given up with 503, whatever becomes of it: a retry finds out by its key. */
  readonly deadlineMs: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly giveUpAt: number;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects requests into few transactions: those of one turn of the event loop, and all that come while
 * every writer is busy. The promise of `add` resolves only after the commit that holds
 * the item. When PostgreSQL stalls, every waiter is told within the deadline and memory stays bounded.
 */
export class GroupCommit<Item, Result> {
  readonly #options: GroupCommitOptions<Item, Result>;
  readonly #underWay = new Set<readonly Waiting<Item, Result>[]>();
  #queue: Waiting<Item, Result>[] = [];
  #held = 0;
  #scheduled: NodeJS.Immediate | undefined;
  readonly #watch: NodeJS.Timeout;

  constructor(options: GroupCommitOptions<Item, Result>) {
    this.#options = options;
    this.#watch = setInterval(() => this.#giveUpLate(), Math.min(200, options.deadlineMs / 4));
    this.#watch.unref();
  }

  add(item: Item): Promise<Result> {
    if (this.#held >= this.#options.capacity) {
      return Promise.reject(new Unavailable('ingest.busy', 'Too many requests wait. Send it again later.'));
    }
    this.#held += 1;
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, giveUpAt: performance.now() + this.#options.deadlineMs, resolve, reject });
      this.#flushSoon();
    });
  }

  /** Commits what waits, then stops. */
  async close(): Promise<void> {
    while (this.#queue.length > 0 || this.#underWay.size > 0) {
      this.#flush();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    clearImmediate(this.#scheduled);
    clearInterval(this.#watch);
  }

  #flushSoon(): void {
    if (this.#underWay.size >= this.#options.writers) return;
    if (this.#queue.length >= this.#options.maxItems) this.#flush();
    else this.#scheduled ??= setImmediate(() => this.#flush());
  }

  #flush(): void {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    while (this.#queue.length > 0 && this.#underWay.size < this.#options.writers) {
      const batch = this.#queue.slice(0, this.#options.maxItems);
      this.#queue = this.#queue.slice(this.#options.maxItems);
      void this.#commit(batch);
    }
  }

  async #commit(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    this.#underWay.add(batch);
    try {
      const results = await this.#options.commit(batch.map(({ item }) => item));
      for (const [index, waiting] of batch.entries()) {
        const result = results[index];
        if (result === undefined) waiting.reject(new Error('a batch gave fewer results than items'));
        else if (result instanceof Error) waiting.reject(result);
        else waiting.resolve(result);
      }
    } catch (error) {
      for (const waiting of batch) waiting.reject(error);
    } finally {
      this.#leave(batch);
    }
  }

  /** Frees the writer; once only, for a batch that was given up may still come to an end. */
  #leave(batch: readonly Waiting<Item, Result>[]): void {
    if (!this.#underWay.delete(batch)) return;
    this.#held -= batch.length;
    if (this.#queue.length >= this.#options.maxItems) this.#flush();
    else if (this.#queue.length > 0) this.#flushSoon();
  }

  #giveUpLate(): void {
    const now = performance.now();
    const isLate = (waiting: Waiting<Item, Result>) => waiting.giveUpAt <= now;
    for (const batch of this.#underWay) {
      if (!batch.some(isLate)) continue;
      for (const waiting of batch) waiting.reject(tooSlow());
      this.#leave(batch);
    }
    const late = this.#queue.filter(isLate);
    if (late.length === 0) return;
    this.#queue = this.#queue.filter((waiting) => !isLate(waiting));
    this.#held -= late.length;
    for (const waiting of late) waiting.reject(tooSlow());
  }
}

const tooSlow = () =>
  new Unavailable('database_slow', 'The database did not answer in time. Send the request again.');
