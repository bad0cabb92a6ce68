import { UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { EventType, Service } from '#contracts';
import type { BatchContext, Delivery } from '../delivery.js';
import type { Outcome } from '../outcome.js';
import { RethrowFilter } from './rethrow-filter.js';

/** Binds a handler to its own service's queue, also when one process hosts several services. */
export const transportOf = (service: Service): symbol => Symbol.for(`fairlead.bus.${service}`);

type BatchHandler<T extends EventType> = (
  deliveries: readonly Delivery<T>[],
  context: BatchContext,
) => Promise<Outcome[]>;

/**
 * The method handles this event for this service: it gets the deliveries of a batch (`@Payload()`) and its
 * `BatchContext` (`@Ctx()`), and returns one `Outcome` per delivery, in order.
 */
export const ConsumeEvent =
  <T extends EventType>(service: Service, eventType: T) =>
  <M extends BatchHandler<T>>(target: object, key: string, descriptor: TypedPropertyDescriptor<M>): void => {
    const eventPattern = EventPattern(eventType, transportOf(service)) as MethodDecorator;
    eventPattern(target, key, descriptor);
    UseFilters(RethrowFilter)(target, key, descriptor);
  };
