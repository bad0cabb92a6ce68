import { Logger } from '@nestjs/common';
import { eventsConsumedBy, type EventType, type Service } from '#contracts';
import { type Database, RoleStatements } from '#database';
import { type Clock, messageOf } from '#kernel';
import { BatchProcessor } from './consume/batch-processor.js';
import { type BatchServer, type BatchSource, type ServerHandle } from './consume/batch-server.js';
import type { BusTiming } from './options.js';
import type { Waker } from './publish/postgres-publisher.js';
import { BatchQueues } from './queues/batch-queues.js';
import type { QueueBackend } from './queues/queue-backend.js';
import { findDue } from './relay/poll.js';
import { Relay } from './relay/relay.js';
import { WakeLine } from './relay/wake-line.js';
import { Sweeper } from './sweep/sweeper.js';
import { roleOf } from './role-of.js';
import { settleWithin } from './settle-within.js';

/** Shared by the relays of a process; a claim is short. */
const RELAY_CONNECTIONS = 2;

/** How long shutdown waits for a loop that is in the middle of a call. */
const LOOP_PATIENCE_MS = 2000;

/** The running bus of one process: relays and workers of the services it hosts. */
export class Bus implements BatchSource, Waker {
  readonly #logger = new Logger('Bus');
  readonly #queues: BatchQueues;
  readonly #relays = new Map<Service, Relay>();
  readonly #processors = new Map<Service, BatchProcessor>();
  readonly #sweepers: Sweeper[] = [];
  readonly #wakeLine: WakeLine;
  readonly #statements: RoleStatements;
  #poll: NodeJS.Timeout | undefined;
  #isPolling = false;
  #isStopping = false;

  constructor(
    readonly services: readonly Service[],
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly backend: QueueBackend,
    private readonly timing: BusTiming,
    databaseUrl: string,
  ) {
    this.#queues = new BatchQueues(backend, timing);
    this.#statements = new RoleStatements(databaseUrl, 'bus', RELAY_CONNECTIONS);
    this.#wakeLine = new WakeLine(databaseUrl, (consumer, types) => this.#relays.get(consumer)?.wake(types));
  }

  wake(consumer: Service, types: readonly EventType[]): void {
    const relay = this.#relays.get(consumer);
    if (relay) relay.wake(types);
    else this.#wakeLine.notify(consumer, types);
  }

  /** A missing line only costs the time until the next poll: nothing waits for it. */
  onApplicationBootstrap(): void {
    void this.#wakeLine.start();
  }

  /** Starts one consumer: its worker, then what feeds it. Leaves nothing running once the bus is stopping. */
  async start(server: BatchServer, handle: ServerHandle): Promise<void> {
    const consumer = server.service;
    if (this.#isStopping || eventsConsumedBy(consumer).length === 0) return;
    await this.backend.check();
    const database = this.database.as(roleOf(consumer));
    const processor = new BatchProcessor(consumer, database, this.clock, this.timing, handle);
    this.#processors.set(consumer, processor);
    const relay = new Relay(consumer, this.#statements, this.#queues, this.timing);
    await this.#queues.consume(consumer, async (batch) => {
      await processor.process(batch);
      relay.finished();
    });
    if (this.#isStopping) return this.#queues.stopConsuming(consumer);
    this.#relays.set(consumer, relay);
    this.#poll ??= setInterval(() => void this.#pollAll(), this.timing.pollMs);
    const sweeper = new Sweeper(consumer, this.database, this.#queues, this.clock, this.timing, (types) => {
      relay.found(types);
    });
    sweeper.start();
    this.#sweepers.push(sweeper);
    relay.wake();
  }

  async stop(consumer: Service): Promise<void> {
    await this.#queues.stopConsuming(consumer);
    this.#processors.get(consumer)?.abort();
  }

  /** No new batches from here on. */
  async onModuleDestroy(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#poll);
    const stopping = [...this.#relays.values(), ...this.#sweepers].map((loop) => loop.stop());
    await settleWithin(LOOP_PATIENCE_MS, Promise.all(stopping));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.#queues.close(), this.#wakeLine.stop(), this.#statements.close()]);
  }

  async #pollAll(): Promise<void> {
    if (this.#isStopping || this.#isPolling) return;
    this.#isPolling = true;
    try {
      for (const due of await findDue(this.database, [...this.#relays.keys()])) {
        this.#relays.get(due.consumer)?.found([due.event_type]);
      }
    } catch (error) {
      this.#logger.warn(`poll: ${messageOf(error)}`);
    } finally {
      this.#isPolling = false;
    }
  }
}
