import type { Delivery } from '#bus';
import type { CustomerSignedUp, FulfilmentPolicy } from '#contracts';
import { type Id, newId } from '#kernel';
import type { TestClick } from './attribution-app.js';

interface FactOptions {
  readonly at: Date;
  readonly customer: string;
  readonly click?: TestClick;
  readonly clickId?: Id<'Click'>;
  readonly email?: string;
  readonly codes?: readonly string[];
}

export const signup = (companyId: Id<'Company'>, options: FactOptions): Delivery<'customer.signed_up'> =>
  delivery(companyId, 'customer.signed_up', options.at, evidenceOf(options));

/** An order of 100.00 EUR, earned when paid unless its policy says otherwise. */
export const order = (
  companyId: Id<'Company'>,
  orderKey: string,
  options: FactOptions & { policy?: FulfilmentPolicy },
): Delivery<'order.placed'> =>
  delivery(companyId, 'order.placed', options.at, {
    ...evidenceOf(options),
    orderKey,
    amount: 10_000,
    tax: 1_900,
    shipping: 0,
    currency: 'EUR',
    fulfilmentPolicy: options.policy ?? 'none',
    lines: [],
  });

export const lateClick = ({
  clickId,
  visitorId,
  partner,
  clickedAt,
}: TestClick): Delivery<'click.arrived_late'> =>
  delivery(partner.companyId, 'click.arrived_late', clickedAt, {
    clickId,
    visitorId,
    partnershipId: partner.partnershipId,
    clickedAt: clickedAt.toISOString(),
  });

function evidenceOf(options: FactOptions): CustomerSignedUp {
  return {
    integrationId: newId('Integration'),
    requestId: newId('WebhookRequest'),
    customerKey: options.customer,
    email: options.email ?? null,
    clickId: options.click?.clickId ?? options.clickId ?? null,
    isClickIdMalformed: false,
    codes: options.codes ?? [],
  };
}

function delivery<T extends 'customer.signed_up' | 'order.placed' | 'click.arrived_late'>(
  companyId: Id<'Company'>,
  type: T,
  occurredAt: Date,
  data: Delivery<T>['data'],
): Delivery<T> {
  const eventId = newId('Event');
  return { eventId, companyId, type, occurredAt, correlationId: eventId, attempts: 0, data };
}
