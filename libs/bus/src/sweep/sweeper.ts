import { Logger } from '@nestjs/common';
import type { EventType, Service } from '#contracts';
import type { Database, Transaction } from '#database';
import { type Clock, messageOf } from '#kernel';
import type { BusTiming } from '../options.js';
import type { BatchQueues } from '../queues/batch-queues.js';
import { releaseBatches } from './release.js';

/** Batches asked about in one sweep at the most. */
const BATCHES_PER_SWEEP = 500;

interface SentBatch {
  readonly batch_id: string;
  readonly is_due_for_renewal: boolean;
}

/**
 * The safety net of one consumer. It finds batches that the queue lost (FLUSHALL, eviction, a crash of
 * Redis) within seconds, renews the leases of those still queued or running, ends what waited too long,
 * and tries again what waits in case its wake-up was missed.
 */
export class Sweeper {
  readonly #logger = new Logger('Bus');
  /** When the queue was last seen to hold a batch. */
  readonly #seen = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(
    private readonly consumer: Service,
    private readonly database: Database,
    private readonly queues: BatchQueues,
    private readonly clock: Clock,
    private readonly timing: BusTiming,
    private readonly onReady: (types: readonly EventType[]) => void,
  ) {}

  start(): void {
    this.#timer = setInterval(() => {
      this.#running ??= this.#sweep().finally(() => {
        this.#running = undefined;
      });
    }, this.timing.sweepMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #sweep(): Promise<void> {
    try {
      await this.#sweepWaiting();
      await this.#sweepSent();
    } catch (error) {
      this.#logger.warn(`sweep of ${this.consumer}: ${messageOf(error)}`);
    }
  }

  async #sweepWaiting(): Promise<void> {
    const ready = await this.#transaction(async (tx) => {
      await tx.query(
        `update bus.delivery set state = 'ignored', finished_at = now()
          where consumer = $1 and state = 'parked' and deadline_at <= $2`,
        [this.consumer, this.clock.now()],
      );
      return tx.query<{ event_type: EventType }>(
        `update bus.delivery set state = 'ready'
          where consumer = $1 and state = 'parked' and due_at <= now() returning event_type`,
        [this.consumer],
      );
    });
    if (ready.length > 0) this.onReady([...new Set(ready.map((row) => row.event_type))]);
  }

  /** Asks the queue about batches that have been under way for a while and acts on what it does not hold. */
  async #sweepSent(): Promise<void> {
    const sent = await this.#transaction((tx) => this.#listSent(tx));
    if (sent.length === 0) return;
    const missing = await this.queues.missing(
      this.consumer,
      sent.map((batch) => batch.batch_id),
    );
    const held = sent.filter((batch) => !missing.includes(batch.batch_id));
    for (const batch of held) this.#seen.set(batch.batch_id, Date.now());
    const renewed = held.filter((batch) => batch.is_due_for_renewal).map((batch) => batch.batch_id);
    const ready = await this.#transaction(async (tx) => {
      if (renewed.length > 0) await this.#renew(tx, renewed);
      if (missing.length === 0) return [];
      return releaseBatches(tx, this.consumer, missing, 'lost', this.timing.backoffMs);
    });
    if (ready.length > 0) {
      this.#logger.warn(
        `${missing.length} batches of ${this.consumer} were lost by the queue and are sent again`,
      );
      this.onReady(ready);
    }
  }

  #listSent(tx: Transaction): Promise<SentBatch[]> {
    const { leaseMs } = this.timing;
    const settledMs = leaseMs / 20;
    for (const [batchId, at] of this.#seen) {
      if (Date.now() - at > settledMs) this.#seen.delete(batchId);
    }
    return tx.query<SentBatch>(
      `select batch_id, min(lease_until) < now() + $3 * interval '0.5 millisecond' as is_due_for_renewal
         from bus.delivery
        where consumer = $1 and state = 'sent' and batch_id <> all($2::uuid[])
          and lease_until < now() + ($3 - $4::float8) * interval '1 millisecond'
        group by batch_id order by min(lease_until) limit $5`,
      [this.consumer, [...this.#seen.keys()], leaseMs, settledMs, BATCHES_PER_SWEEP],
    );
  }

  #renew(tx: Transaction, batchIds: readonly string[]): Promise<unknown> {
    return tx.query(
      `update bus.delivery d set lease_until = now() + $3 * interval '1 millisecond'
        where d.ctid in (
          select ctid from bus.delivery
           where consumer = $1 and batch_id = any($2::uuid[]) and state = 'sent' for update skip locked)`,
      [this.consumer, [...batchIds], this.timing.leaseMs],
    );
  }

  #transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction({ companies: [] }, work);
  }
}
