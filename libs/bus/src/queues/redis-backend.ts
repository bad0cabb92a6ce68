import { type Processor, Queue, Worker } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { settleWithin } from '../settle-within.js';
import type { BatchJobData } from './batch-job.js';
import type { BatchQueue, BatchWorker, BatchWorkerOptions, OnError, QueueBackend } from './queue-backend.js';

/** Hash-tagged, so that all keys of the queues share one slot of a Redis Cluster. */
const PREFIX = '{fairlead}';

/** A process starts although Redis is away: events are kept, and consumed once it is back. */
const BOOT_PATIENCE_MS = 2000;

/**
 * BullMQ on Redis or Valkey. Producers fail fast, since PostgreSQL keeps what could not be sent; workers
 * wait for Redis as long as it takes.
 */
export class RedisBackend implements QueueBackend {
  readonly #producer: Redis;
  readonly #consumer: Redis;

  constructor(url: string) {
    this.#producer = connect(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: 5000,
    });
    this.#consumer = connect(url, { maxRetriesPerRequest: null });
  }

  async check(): Promise<void> {
    // No answer: away, or a managed Redis that forbids CONFIG. Neither is a reason not to start.
    const reply = await settleWithin(BOOT_PATIENCE_MS, this.#consumer.config('GET', 'maxmemory-policy'));
    const policy = Array.isArray(reply) ? reply[1] : undefined;
    if (policy !== undefined && policy !== 'noeviction') {
      throw new Error(
        `Redis has maxmemory-policy "${policy}" and would evict jobs. Set maxmemory-policy to "noeviction".`,
      );
    }
  }

  newQueue(name: string, onError: OnError): Promise<BatchQueue> {
    const queue = new Queue<BatchJobData>(name, { connection: this.#producer, prefix: PREFIX });
    queue.on('error', onError);
    return Promise.resolve(queue);
  }

  async newWorker(
    name: string,
    processor: Processor<BatchJobData>,
    options: BatchWorkerOptions,
    onError: OnError,
  ): Promise<BatchWorker> {
    const worker = new Worker<BatchJobData>(name, processor, {
      ...options,
      connection: this.#consumer,
      prefix: PREFIX,
    });
    worker.on('error', onError);
    await settleWithin(BOOT_PATIENCE_MS, worker.waitUntilReady());
    return worker;
  }

  close(): Promise<void> {
    this.#producer.disconnect();
    this.#consumer.disconnect();
    return Promise.resolve();
  }
}

function connect(url: string, options: RedisOptions): Redis {
  const client = new Redis(url, {
    ...options,
    replyMapping: 'legacy',
    socketTimeout: 30_000,
    retryStrategy: (times: number) => Math.min(50 * 2 ** times, 2000),
  });
  client.on('error', () => undefined); // reported by the queues and workers that use it
  return client;
}
