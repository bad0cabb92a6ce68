export interface GroupCommitOptions<Item> {
  /** Makes a batch durable and answers whoever waits for its items; never rejects. */
  readonly commit: (batch: readonly Item[]) => Promise<void>;
  /** The most that one batch holds; so many of one turn do not wait for its end. */
  readonly maxItems: number;
  /** Batches under way at the same time. */
  readonly writers: number;
}

/**
 * Collects what comes into few commits, without a timer: the items of one turn of the event loop, and all that
 * come while every writer is busy, go together. A lone item waits for no other; the busier it is, the larger
 * the batches.
 */
export class GroupCommit<Item> {
  readonly #options: GroupCommitOptions<Item>;
  readonly #underWay = new Set<Promise<void>>();
  #waiting: Item[] = [];
  #scheduled: NodeJS.Immediate | undefined;

  constructor(options: GroupCommitOptions<Item>) {
    this.#options = options;
  }

  add(item: Item): void {
    this.#waiting.push(item);
    this.#sendSoon();
  }

  /** Resolves once everything added so far is committed and answered. */
  async settle(): Promise<void> {
    this.#send();
    while (this.#underWay.size > 0) {
      await Promise.race(this.#underWay);
      this.#send();
    }
  }

  #sendSoon(): void {
    if (this.#underWay.size >= this.#options.writers) return;
    if (this.#waiting.length >= this.#options.maxItems) this.#send();
    else this.#scheduled ??= setImmediate(this.#send);
  }

  readonly #send = (): void => {
    clearImmediate(this.#scheduled);
    this.#scheduled = undefined;
    while (this.#waiting.length > 0 && this.#underWay.size < this.#options.writers) {
      const batch = this.#waiting.slice(0, this.#options.maxItems);
      this.#waiting = this.#waiting.slice(this.#options.maxItems);
      const commit = this.#options.commit(batch).finally(() => {
        this.#underWay.delete(commit);
        if (this.#waiting.length > 0) this.#sendSoon();
      });
      this.#underWay.add(commit);
    }
  };
}
