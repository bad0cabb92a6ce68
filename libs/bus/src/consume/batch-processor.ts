import { Logger } from '@nestjs/common';
import type { EventType, Service } from '#contracts';
import { type Database, isDatabaseAway } from '#database';
import type { Clock, Id } from '#kernel';
import { BatchContext, type Delivery } from '../delivery.js';
import type { BusTiming } from '../options.js';
import type { Outcome } from '../outcome.js';
import type { Batch } from '../queues/batch-job.js';
import type { ReceivedBatch } from '../queues/batch-queues.js';
import { releaseBatches } from '../sweep/release.js';
import type { ServerHandle } from './batch-server.js';
import { takeDeliveries, writeOutcomes } from './deliveries.js';
import { backoffMs, describeFailure, isContention, retryPolicyOf } from './failure.js';

type Events = readonly Id<'Event'>[];

interface FailedAttempt {
  readonly error: unknown;
  readonly taken: readonly Delivery<EventType>[];
}

/**
 * Runs batches of one consumer, each in one transaction with its effects. When a handler fails, nothing of
 * the batch stays; it is halved until what fails stands alone, so that its neighbours get through.
 */
export class BatchProcessor {
  readonly #logger = new Logger('Bus');
  readonly #aborted = new AbortController();

  constructor(
    private readonly consumer: Service,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly timing: BusTiming,
    private readonly handle: ServerHandle,
  ) {}

  /** @throws only when the database is away: then the queue keeps the batch */
  async process(batch: ReceivedBatch): Promise<void> {
    if (batch.hasCrashedWorker) await this.#releaseCrashed(batch);
    else await this.#run(batch, null);
  }

  async #run(batch: Batch, only: Events | null): Promise<void> {
    const failed = await this.#attempt(batch, only, 'retry contention');
    if (!failed) return;
    if (this.#aborted.signal.aborted || isDatabaseAway(failed.error) || failed.taken.length === 0) {
      throw failed.error;
    }
    const [lone, ...others] = failed.taken;
    if (lone && others.length === 0) return this.#recordFailure(batch, lone, failed.error);
    const ids = failed.taken.map((delivery) => delivery.eventId);
    const middle = Math.ceil(ids.length / 2);
    await this.#run(batch, ids.slice(0, middle));
    await this.#run(batch, ids.slice(middle));
  }

  /** @returns null when it committed, else the error and the deliveries that were under way */
  async #attempt(
    batch: Batch,
    only: Events | null,
    onContention: 'retry contention' | 'give up',
  ): Promise<FailedAttempt | null> {
    let taken: Delivery<EventType>[] = [];
    try {
      await this.database.transaction({ companies: batch.companies }, async (tx) => {
        taken = await takeDeliveries(tx, this.consumer, batch, only);
        if (taken.length === 0) return;
        const context = new BatchContext([tx, this.consumer]);
        const outcomes = await this.#inTime(this.handle(batch.eventType, taken, context));
        await writeOutcomes(tx, this.consumer, taken, checked(outcomes, taken), this.clock.now());
      });
      return null;
    } catch (error) {
      if (onContention === 'retry contention' && isContention(error)) {
        return this.#attempt(batch, only, 'give up');
      }
      return { error, taken };
    }
  }

  async #inTime(work: Promise<unknown>): Promise<unknown> {
    const { handlerMs } = this.timing;
    const { signal } = this.#aborted;
    const { promise: cutOff, reject } = Promise.withResolvers<never>();
    const abort = () => reject(signal.reason);
    const timer = setTimeout(
      () => reject(new Error(`the handler took longer than ${handlerMs} ms`)),
      handlerMs,
    );
    signal.addEventListener('abort', abort);
    try {
      signal.throwIfAborted();
      return await Promise.race([work, cutOff]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  async #recordFailure(batch: Batch, delivery: Delivery<EventType>, error: unknown): Promise<void> {
    const policy = retryPolicyOf(error);
    const failure = describeFailure(error);
    const isDead = delivery.attempts + 1 >= policy.attempts;
    const what = `${batch.eventType} ${delivery.eventId} to ${this.consumer}`;
    const end = isDead ? 'is a dead letter' : 'is tried again later';
    this.#logger.warn(`${what} failed (${failure.class}, ${failure.code}) and ${end}`);
    await this.database.transaction({ companies: [delivery.companyId] }, (tx) =>
      tx.query(
        `update bus.delivery
            set attempts = attempts + 1, state = $5, error = $6::jsonb, reason = $7,
                due_at = now() + $8 * interval '1 millisecond', batch_id = null, lease_until = null,
                finished_at = case when $5 = 'dead' then now() end
          where company_id = $1 and event_id = $2 and consumer = $3 and batch_id = $4 and state = 'sent'`,
        [
          delivery.companyId,
          delivery.eventId,
          this.consumer,
          batch.batchId,
          isDead ? 'dead' : 'ready',
          JSON.stringify(failure),
          failure.code,
          backoffMs(delivery.attempts, this.timing.backoffMs, policy),
        ],
      ),
    );
  }

  /** Cuts off what still runs: its transaction rolls back, and the queue hands the batch on. */
  abort(): void {
    this.#aborted.abort(new ShuttingDown());
  }

  #releaseCrashed(batch: Batch): Promise<unknown> {
    return this.database.transaction({ companies: batch.companies }, (tx) =>
      releaseBatches(tx, this.consumer, [batch.batchId], 'crashed', this.timing.backoffMs),
    );
  }
}

class ShuttingDown extends Error {
  constructor() {
    super('the process is shutting down');
  }
}

function checked(outcomes: unknown, taken: readonly unknown[]): readonly Outcome[] {
  if (Array.isArray(outcomes) && outcomes.length === taken.length) return outcomes as Outcome[];
  throw new TypeError(`a handler must return one outcome for each of its ${taken.length} deliveries`);
}
