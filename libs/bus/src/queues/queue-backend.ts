import type { JobsOptions, Processor, WorkerOptions } from 'bullmq';
import type { BatchJobData } from './batch-job.js';

/** What the bus needs of a BullMQ queue, whichever backend holds it. */
export interface BatchQueue {
  addBulk(
    jobs: { readonly name: string; readonly data: BatchJobData; readonly opts: JobsOptions }[],
  ): Promise<unknown>;
  getJobState(jobId: string): Promise<string>;
  close(): Promise<void>;
}

/** What the bus needs of a BullMQ worker. */
export interface BatchWorker {
  close(force?: boolean): Promise<void>;
}

/** Told of errors that no call reports, such as a lost connection. */
export type OnError = (error: Error) => void;

export type BatchWorkerOptions = Omit<WorkerOptions, 'connection' | 'prefix'>;

/** Where BullMQ keeps its jobs: PostgreSQL or Redis. Owns the connections. */
export interface QueueBackend {
  /** @throws Error that says what to change when the store would lose jobs */
  check(): Promise<void>;
  /** @throws Error when the store is away and such a queue would never work; try again with a new one */
  newQueue(name: string, onError: OnError): Promise<BatchQueue>;
  /** @throws as `newQueue` */
  newWorker(
    name: string,
    processor: Processor<BatchJobData>,
    options: BatchWorkerOptions,
    onError: OnError,
  ): Promise<BatchWorker>;
  close(): Promise<void>;
}
