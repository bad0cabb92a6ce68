import { Logger } from '@nestjs/common';
import { eventsConsumedBy, type EventType, type Service } from '#contracts';
import type { Database, DatabaseRole } from '#database';
import type { Clock } from '#kernel';
import { BatchProcessor } from './consume/batch-processor.js';
import { type BatchServer, type BatchSource, type ServerHandle } from './consume/batch-server.js';
import type { BusTiming } from './options.js';
import type { Waker } from './publish/postgres-publisher.js';
import { BatchQueues } from './queues/batch-queues.js';
import type { QueueBackend } from './queues/queue-backend.js';
import { Relay } from './relay/relay.js';

/** The running bus of one process: relays and workers of the services it hosts. */
export class Bus implements BatchSource, Waker {
  readonly #logger = new Logger('Bus');
  readonly #queues: BatchQueues;
  readonly #relays = new Map<Service, Relay>();
  #poll: NodeJS.Timeout | undefined;
  #isStopping = false;

  constructor(
    readonly services: readonly Service[],
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly backend: QueueBackend,
    private readonly timing: BusTiming,
  ) {
    this.#queues = new BatchQueues(backend, timing);
  }

  wake(consumer: Service, types: readonly EventType[]): void {
    this.#relays.get(consumer)?.wake(types);
  }

  /** Starts one consumer: its worker, then what feeds it. */
  async start(server: BatchServer, handle: ServerHandle): Promise<void> {
    const consumer = server.service;
    if (eventsConsumedBy(consumer).length === 0) return;
    await this.backend.check();
    const database = this.database.as(roleOf(consumer));
    const processor = new BatchProcessor(consumer, database, this.clock, this.timing, handle);
    const relay = new Relay(consumer, this.database, this.#queues, this.timing);
    await this.#queues.consume(consumer, async (batch) => {
      await processor.process(batch);
      relay.finished();
    });
    this.#relays.set(consumer, relay);
    this.#poll ??= setInterval(() => this.#pollAll(), this.timing.pollMs);
    relay.wake();
  }

  stop(consumer: Service): Promise<void> {
    return this.#queues.stopConsuming(consumer);
  }

  /** No new batches from here on. */
  async onModuleDestroy(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#poll);
    await Promise.all([...this.#relays.values()].map((relay) => relay.stop()));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#queues.close();
    this.#logger.log('bus stopped');
  }

  #pollAll(): void {
    if (this.#isStopping) return;
    for (const relay of this.#relays.values()) relay.wake();
  }
}

/** The gateway owns the schema "access"; every other service's role has its name. */
function roleOf(service: Service): DatabaseRole {
  return service === 'gateway' ? 'access' : service;
}
