import type { Service } from '#contracts';

/** Where the bus lives and whom it serves. */
export interface BusOptions {
  /** Services of this process: their events are relayed and consumed here. */
  readonly services: readonly Service[];
  /** Queues live there when set, else in PostgreSQL. */
  readonly redisUrl: string | null;
  readonly databaseUrl: string;
  /** Connections of the queues' own pool at the most (PostgreSQL backend). */
  readonly poolSize: number;
  readonly timing?: Partial<BusTiming>;
}

/** How long things may take, in milliseconds, and how much may be under way. */
export interface BusTiming {
  /** How long a sent delivery is its batch's own before it counts as lost. */
  readonly leaseMs: number;
  /** How often to look for ready deliveries that no wake-up announced. */
  readonly pollMs: number;
  /** How often to look for lost batches, deadlines and missed wake-ups. */
  readonly sweepMs: number;
  /** A job whose worker stopped renewing this long is handed to another. */
  readonly jobLockMs: number;
  /** A handler that takes longer has failed. */
  readonly handlerMs: number;
  /** How long shutdown waits for running batches. */
  readonly shutdownMs: number;
  /** First wait after a failure; doubles with each attempt. */
  readonly backoffMs: number;
  readonly batchSize: number;
  /** Deliveries of one consumer sent and unfinished at the most. */
  readonly sentAtMost: number;
  /** Batches of one consumer sent and unfinished at the most: beyond it, batches grow instead. */
  readonly openBatchesAtMost: number;
  /** Batches of one consumer that one process runs at once. */
  readonly concurrency: number;
}

export const DEFAULT_TIMING: BusTiming = {
  leaseMs: 60_000,
  pollMs: 250,
  sweepMs: 1000,
  jobLockMs: 15_000,
  handlerMs: 30_000,
  shutdownMs: 10_000,
  backoffMs: 1000,
  batchSize: 200,
  sentAtMost: 5000,
  openBatchesAtMost: 8,
  concurrency: 4,
};
