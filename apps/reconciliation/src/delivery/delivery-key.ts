import { type Service, SERVICES } from '#contracts';
import { type Id, NotFound, parseId } from '#kernel';

/** Which delivery an operator means: the tenant is always named, so row-level security bounds the work. */
export interface DeliveryKey {
  readonly companyId: Id<'Company'>;
  readonly eventId: Id<'Event'>;
  readonly consumer: Service;
}

/** @throws InvalidInput `id.malformed`; NotFound when no service has that name */
export function parseDeliveryKey(companyId: string, eventId: string, consumer: string): DeliveryKey {
  const service = SERVICES.find((name) => name === consumer);
  if (!service) throw new NotFound('consumer');
  return {
    companyId: parseId('Company', companyId, 'companyId'),
    eventId: parseId('Event', eventId, 'eventId'),
    consumer: service,
  };
}
