import type { JobsOptions, Processor, WorkerOptions } from 'bullmq';
import type { BatchJobData } from './batch-job.js';

/** What the bus needs of a BullMQ queue, whichever backend holds it. */
export interface BatchQueue {
  addBulk(
    jobs: { readonly name: string; readonly data: BatchJobData; readonly opts: JobsOptions }[],
  ): Promise<unknown>;
  getJobState(jobId: string): Promise<string>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** What the bus needs of a BullMQ worker. */
export interface BatchWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  waitUntilReady(): Promise<void>;
  close(force?: boolean): Promise<void>;
}

export type BatchWorkerOptions = Omit<WorkerOptions, 'connection' | 'prefix'>;

/** Where BullMQ keeps its jobs: PostgreSQL or Redis. Owns the connections. */
export interface QueueBackend {
  readonly kind: 'postgres' | 'redis';
  /** @throws Error that says what to change when the store would lose jobs */
  check(): Promise<void>;
  newQueue(name: string): BatchQueue;
  newWorker(name: string, processor: Processor<BatchJobData>, options: BatchWorkerOptions): BatchWorker;
  close(): Promise<void>;
}
