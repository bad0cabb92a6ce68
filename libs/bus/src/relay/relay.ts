import { Logger } from '@nestjs/common';
import { eventsConsumedBy, type EventType, type Service } from '#contracts';
import type { Database } from '#database';
import type { BusTiming } from '../options.js';
import type { BatchQueues } from '../queues/batch-queues.js';
import type { Batch } from '../queues/batch-job.js';
import { claimDeliveries, FIRST_COMPANY } from './claim.js';

/**
 * Moves ready deliveries of one consumer to its queue. A claim commits before the queue is called, so a
 * hung queue never holds a transaction open; what could not be added goes back to ready.
 *
 * It claims only while few batches are under way. Under load deliveries therefore gather in PostgreSQL and
 * the next batch is larger: this is what makes a busy bus cheap per event.
 */
export class Relay {
  readonly #logger = new Logger('Bus');
  readonly #due = new Set<EventType>();
  readonly #after = new Map<EventType, string>();
  #running: Promise<void> | undefined;
  #pause: NodeJS.Timeout | undefined;
  #failures = 0;
  /** Claim again at once: the last claim left something, or somebody woke the relay meanwhile. */
  #wantsMore = false;
  #isStopped = false;

  constructor(
    private readonly consumer: Service,
    private readonly database: Database,
    private readonly queues: BatchQueues,
    private readonly timing: BusTiming,
  ) {}

  /** Something may be ready. Cheap: wake-ups that come together lead to one claim. */
  wake(types: readonly EventType[] = eventsConsumedBy(this.consumer)): void {
    for (const type of types) this.#due.add(type);
    this.#go();
  }

  /** A batch was finished: there is room for another. */
  finished(): void {
    this.#go();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#pause);
    await this.#running;
  }

  #go(): void {
    this.#wantsMore = true; // also while it runs: what woke it may have come too late for this claim
    if (this.#isStopped || this.#running || this.#pause || this.#due.size === 0) return;
    this.#running = this.#relay().finally(() => {
      this.#running = undefined;
      if (this.#wantsMore) this.#go();
    });
  }

  async #relay(): Promise<void> {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    this.#wantsMore = false;
    try {
      if (this.#failures > 0) await this.queues.refuseWhenAway(this.consumer);
      const batches = await this.#claim();
      if (batches.length > 0) await this.#send(batches);
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      const message = error instanceof Error ? error.message : String(error);
      this.#logger.warn(`relay to ${this.consumer}: ${message}`);
      this.#rest();
    }
  }

  /** One short transaction; the lock makes one process claim for a consumer at a time. */
  async #claim(): Promise<Batch[]> {
    const types = [...this.#due];
    return this.database.transaction({ companies: [] }, async (tx) => {
      const [lock] = await tx.query<{ is_mine: boolean }>(
        `select pg_try_advisory_xact_lock(hashtext('fairlead.bus.claim'), hashtext($1)) as is_mine`,
        [this.consumer],
      );
      if (!lock?.is_mine) return [];
      const batches: Batch[] = [];
      for (const type of types) {
        this.#due.delete(type);
        const after = this.#after.get(type) ?? FIRST_COMPANY;
        const claim = await claimDeliveries(tx, this.consumer, type, after, this.timing);
        this.#after.set(type, claim.after);
        if (claim.hasMore) this.#due.add(type);
        if (claim.hasMore && !claim.isFull) this.#wantsMore = true;
        batches.push(...claim.batches);
      }
      return batches;
    });
  }

  async #send(batches: readonly Batch[]): Promise<void> {
    try {
      await this.queues.add(this.consumer, batches);
    } catch (error) {
      await this.#takeBack(batches).catch(() => undefined); // the sweeper finds them
      for (const batch of batches) this.#due.add(batch.eventType);
      throw error;
    }
  }

  async #takeBack(batches: readonly Batch[]): Promise<void> {
    await this.database.transaction({ companies: [] }, (tx) =>
      tx.query(
        `update bus.delivery set state = 'ready', batch_id = null, lease_until = null
          where consumer = $1 and batch_id = any($2::uuid[]) and state = 'sent'`,
        [this.consumer, batches.map((batch) => batch.batchId)],
      ),
    );
  }

  /** The database or the queue is away: ask again, ever less often, up to every 2 s. */
  #rest(): void {
    if (this.#isStopped) return;
    const wait = Math.min(2000, 50 * 2 ** Math.min(this.#failures, 10));
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.wake();
    }, wait);
  }
}
