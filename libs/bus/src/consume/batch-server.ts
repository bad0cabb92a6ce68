import { type CustomTransportStrategy, type ReadPacket, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { eventsConsumedBy, type EventType, type Service } from '#contracts';
import type { BatchContext, Delivery } from '../delivery.js';
import { transportOf } from './consume-event.js';

/** What a server needs of the bus. */
export interface BatchSource {
  start(server: BatchServer, process: ServerHandle): Promise<void>;
  stop(consumer: Service): Promise<void>;
}

export type ServerHandle = (
  type: EventType,
  deliveries: readonly Delivery<EventType>[],
  context: BatchContext,
) => Promise<unknown>;

/**
 * Nest's transport for one consuming service: its `@ConsumeEvent` methods get batches, with their pipes,
 * guards, interceptors and filters.
 *
 * The base class would lose messages: it connects a handler's stream and never awaits it, logs unknown
 * patterns, and chains two handlers of one pattern. So this one awaits, throws, and refuses at boot.
 */
export class BatchServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;

  constructor(
    readonly service: Service,
    private readonly source: BatchSource,
  ) {
    super();
    this.setTransportId(transportOf(service));
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    const handle: ServerHandle = (type, deliveries, context) =>
      this.handleEvent(type, { pattern: type, data: deliveries }, context);
    try {
      await this.source.start(this, handle);
      callback();
    } catch (error) {
      callback(error);
    }
  }

  close(): Promise<void> {
    return this.source.stop(this.service);
  }

  override handleEvent(
    pattern: string,
    packet: ReadPacket<readonly Delivery<EventType>[]>,
    context: BatchContext,
  ): Promise<unknown> {
    const handler = this.getHandlerByPattern(pattern);
    if (!handler) return Promise.reject(new Error(`${this.service} has no handler of "${pattern}"`));
    return new Promise((resolve, reject) => {
      this.runWithProcessingHooks(context, async (end) => {
        const stream = this.transformToObservable(handler(packet.data, context));
        await lastValueFrom(stream).then(resolve, reject);
        end();
      });
    });
  }

  /** Differences between the service's handlers and the topology, in words; empty when they agree. */
  problems(): string[] {
    const expected = eventsConsumedBy(this.service);
    const handled = [...this.messageHandlers.entries()];
    return [
      ...expected
        .filter((type) => !this.messageHandlers.has(type))
        .map((type) => `${this.service} must handle "${type}" and has no handler of it`),
      ...handled
        .filter(([pattern]) => !expected.some((type) => type === pattern))
        .map(([pattern]) => `${this.service} handles "${pattern}", which the topology does not send to it`),
      ...handled
        .filter(([, handler]) => handler.next)
        .map(([pattern]) => `${this.service} has more than one handler of "${pattern}"`),
    ];
  }

  on(): never {
    throw new Error('the bus has no transport events');
  }

  unwrap(): never {
    throw new Error('the bus has no single broker to unwrap');
  }
}
