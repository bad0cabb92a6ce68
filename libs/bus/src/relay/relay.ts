import { Logger } from '@nestjs/common';
import { eventsConsumedBy, type EventType, type Service, TOPOLOGY } from '#contracts';
import type { RoleStatements } from '#database';
import { messageOf } from '#kernel';
import type { BusTiming } from '../options.js';
import type { BatchQueues } from '../queues/batch-queues.js';
import type { Batch } from '../queues/batch-job.js';
import { claimDeliveries, FIRST_COMPANY } from './claim.js';

/** When to try again after another relay was found claiming: it takes what there is, so no hurry. */
const AFTER_ANOTHER_MS = 25;

/**
 * Moves ready deliveries of one consumer to its queue. A claim commits before the queue is called, so a
 * hung queue never holds a transaction open; what could not be added goes back to ready.
 *
 * It claims only while few batches are under way: after small ones not before they are finished, after a full
 * one up to the bound. Under load deliveries therefore gather in PostgreSQL and the next batch is larger: this
 * is what makes a busy bus cheap per event.
 */
export class Relay {
  readonly #logger = new Logger('Bus');
  /** Event types that may have something ready, and when to claim them. */
  readonly #due = new Map<EventType, number>();
  readonly #after = new Map<EventType, string>();
  #running: Promise<void> | undefined;
  #pause: NodeJS.Timeout | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #failures = 0;
  /** Batches sent and not seen finished. */
  #open = 0;
  /** The last claim filled a batch: there is work for all workers. */
  #isBusy = false;
  /** Claim again at once: the last claim left something, or somebody woke the relay meanwhile. */
  #wantsMore = false;
  #isStopped = false;

  constructor(
    private readonly consumer: Service,
    private readonly statements: RoleStatements,
    private readonly queues: BatchQueues,
    private readonly timing: BusTiming,
  ) {}

  /** Something may be ready. Cheap: wake-ups that come together lead to one claim. */
  wake(types: readonly EventType[] = eventsConsumedBy(this.consumer)): void {
    for (const type of types) {
      if (!this.#due.has(type)) this.#due.set(type, performance.now() + (TOPOLOGY[type].gatherMs ?? 0));
    }
    this.#go();
  }

  /** As `wake`, told by a look at the table, which knows nothing of what this process waits for. */
  found(types: readonly EventType[]): void {
    this.#open = 0;
    this.wake(types);
  }

  /** A batch was finished: there is room for another. */
  finished(): void {
    this.#open = Math.max(0, this.#open - 1);
    this.#go();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#pause);
    clearTimeout(this.#gathering);
    await this.#running;
  }

  #go(): void {
    this.#wantsMore = true; // also while it runs: what woke it may have come too late for this claim
    if (this.#isStopped || this.#running || this.#pause || this.#due.size === 0) return;
    if (this.#open > 0 && !this.#isBusy) return;
    const wait = Math.min(...this.#due.values()) - performance.now();
    if (wait > 0) {
      this.#gathering ??= setTimeout(() => {
        this.#gathering = undefined;
        this.#go();
      }, wait);
      return;
    }
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
      this.#logger.warn(`relay to ${this.consumer}: ${messageOf(error)}`);
      this.#rest();
    }
  }

  /** A statement for each event type; a contended one is left to the relay that holds the lock. */
  async #claim(): Promise<Batch[]> {
    const batches: Batch[] = [];
    this.#isBusy = false;
    const now = performance.now();
    for (const [type, at] of Array.from(this.#due)) {
      if (at > now) {
        this.#wantsMore = true;
        continue;
      }
      this.#due.delete(type);
      const after = this.#after.get(type) ?? FIRST_COMPANY;
      const claim = await claimDeliveries(this.statements, this.consumer, type, after, this.timing);
      if (claim.isContended) {
        this.#due.set(type, now + AFTER_ANOTHER_MS);
        this.#wantsMore = true;
        break;
      }
      this.#after.set(type, claim.after);
      this.#isBusy ||= claim.hasFullBatch;
      if (claim.hasMore) this.#due.set(type, now);
      if (claim.hasMore && !claim.isFull) this.#wantsMore = true;
      batches.push(...claim.batches);
    }
    return batches;
  }

  async #send(batches: readonly Batch[]): Promise<void> {
    try {
      this.#open += batches.length;
      await this.queues.add(this.consumer, batches);
    } catch (error) {
      this.#open -= batches.length;
      await this.#takeBack(batches).catch(() => undefined); // the sweeper finds them
      for (const batch of batches) this.#due.set(batch.eventType, performance.now());
      throw error;
    }
  }

  async #takeBack(batches: readonly Batch[]): Promise<void> {
    await this.statements.query(
      `update bus.delivery set state = 'ready', batch_id = null, lease_until = null
        where consumer = $1 and batch_id = any($2::uuid[]) and state = 'sent'`,
      [this.consumer, batches.map((batch) => batch.batchId)],
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
