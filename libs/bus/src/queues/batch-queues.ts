import { Logger } from '@nestjs/common';
import type { Job, JobsOptions } from 'bullmq';
import { isEventType, type Service } from '#contracts';
import { asId, messageOf } from '#kernel';
import type { BusTiming } from '../options.js';
import { settleWithin } from '../settle-within.js';
import type { Batch, BatchJobData } from './batch-job.js';
import type { BatchQueue, BatchWorker, QueueBackend } from './queue-backend.js';

/** Jobs cover the database being away; what a delivery may try again is PostgreSQL's business. */
const JOB_OPTIONS: JobsOptions = {
  attempts: 1000,
  backoff: { type: 'fixed', delay: 1000, jitter: 0.5 },
  removeOnComplete: true,
  removeOnFail: true,
};

/** A batch as a worker gets it. */
export interface ReceivedBatch extends Batch {
  /** A worker that held it before died or hung. */
  readonly hasCrashedWorker: boolean;
}

/** One queue per consuming service; a job is a batch, its id the batch's. */
export class BatchQueues {
  readonly #logger = new Logger('Bus');
  readonly #queues = new Map<Service, Promise<BatchQueue>>();
  readonly #workers = new Map<Service, BatchWorker>();

  constructor(
    private readonly backend: QueueBackend,
    private readonly timing: BusTiming,
  ) {}

  /** @throws Error when the store is away: nothing, or any part, may have been added */
  async add(consumer: Service, batches: readonly Batch[]): Promise<void> {
    const queue = await this.#queue(consumer);
    await queue.addBulk(
      batches.map((batch) => ({
        name: batch.eventType,
        data: { companies: batch.companies },
        opts: { ...JOB_OPTIONS, jobId: batch.batchId },
      })),
    );
  }

  /**
   * Costs one question to the queue, so that nothing is claimed only to be taken back.
   * @throws Error when the store is away
   */
  async refuseWhenAway(consumer: Service): Promise<void> {
    const queue = await this.#queue(consumer);
    await queue.getJobState('none');
  }

  /** Which of these batches the queue does not hold any more, for whatever reason. */
  async missing(consumer: Service, batchIds: readonly string[]): Promise<string[]> {
    const queue = await this.#queue(consumer);
    const states = await Promise.all(batchIds.map((id) => queue.getJobState(id)));
    return batchIds.filter((_, index) => ['unknown', 'completed', 'failed'].includes(states[index] ?? ''));
  }

  /**
   * Starts the consumer's worker. An error of `process` makes the queue try the batch again later.
   * @throws Error when the store is away and does not come back to a worker by itself (PostgreSQL)
   */
  async consume(consumer: Service, process: (batch: ReceivedBatch) => Promise<void>): Promise<void> {
    const worker = await this.backend.newWorker(
      consumer,
      (job) => this.#process(consumer, job, process),
      {
        concurrency: this.timing.concurrency,
        lockDuration: this.timing.jobLockMs,
        stalledInterval: this.timing.jobLockMs / 2,
        maxStalledCount: 1000,
        runRetryDelay: 500,
        drainDelay: 5,
      },
      (error) => this.#logger.warn(`worker of ${consumer}: ${error.message}`),
    );
    this.#workers.set(consumer, worker);
  }

  async #process(
    consumer: Service,
    job: Job<BatchJobData>,
    process: (batch: ReceivedBatch) => Promise<void>,
  ) {
    try {
      await process(received(job));
    } catch (error) {
      this.#logger.warn(`batch ${job.id ?? ''} of ${consumer} goes back to the queue: ${messageOf(error)}`);
      throw error;
    }
  }

  /** Waits for running batches, at most until the deadline; what is cut off is done again elsewhere. */
  async stopConsuming(consumer: Service): Promise<void> {
    const worker = this.#workers.get(consumer);
    if (!worker) return;
    this.#workers.delete(consumer);
    await settleWithin(this.timing.shutdownMs, worker.close());
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers.keys()].map((consumer) => this.stopConsuming(consumer)));
    const closing = [...this.#queues.values()].map(async (queue) => (await queue).close());
    await settleWithin(1000, Promise.all(closing));
    await settleWithin(1000, this.backend.close());
  }

  /** One that could not be made is forgotten, so that the next call tries again. */
  #queue(consumer: Service): Promise<BatchQueue> {
    const known = this.#queues.get(consumer);
    if (known) return known;
    const queue = this.backend.newQueue(consumer, (error) => {
      this.#logger.warn(`queue of ${consumer}: ${error.message}`);
    });
    this.#queues.set(consumer, queue);
    queue.catch(() => this.#queues.delete(consumer));
    return queue;
  }
}

function received(job: Job<BatchJobData>): ReceivedBatch {
  if (!isEventType(job.name)) throw new Error(`no such event: ${job.name.slice(0, 60)}`);
  return {
    batchId: asId('Batch', job.id ?? ''),
    eventType: job.name,
    companies: job.data.companies.map((id) => asId('Company', id)),
    hasCrashedWorker: job.stalledCounter > 0,
  };
}
