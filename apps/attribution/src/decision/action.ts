import type { Delivery } from '#bus';
import type { AttributionDecided, OrderPlaced } from '#contracts';
import type { Id } from '#kernel';
import type { CustomerAction } from '#rules';

/** What an order is told by to those who pay on it. */
export type OrderFacts = Omit<Extract<AttributionDecided['subject'], { kind: 'order' }>, 'kind'>;

/** A signup or order of one customer, with what it is decided on. */
export interface Action extends CustomerAction {
  readonly companyId: Id<'Company'>;
  readonly presentedClickId: Id<'Click'> | null;
  /** Whose clicks the presented click id led to. */
  readonly visitorId: Id<'Visitor'> | null;
  /** Null for a signup. */
  readonly order: OrderFacts | null;
}

/** An event that led to a decision. */
export interface CausingEvent {
  readonly eventId: Id<'Event'>;
  readonly correlationId: Id<'Event'>;
}

export type FactDelivery = Delivery<'customer.signed_up'> | Delivery<'order.placed'>;

/** The company's own name of what is decided: of the order, or of the customer who signed up. */
export const subjectKeyOf = (delivery: FactDelivery): string =>
  delivery.type === 'order.placed' ? delivery.data.orderKey : delivery.data.customerKey;

export const kindOf = (delivery: FactDelivery): 'signup' | 'order' =>
  delivery.type === 'order.placed' ? 'order' : 'signup';

export const orderFactsOf = (data: OrderPlaced): OrderFacts => ({
  orderKey: data.orderKey,
  amount: data.amount,
  tax: data.tax,
  shipping: data.shipping,
  currency: data.currency,
  fulfilmentPolicy: data.fulfilmentPolicy,
});

/** Names a subject across companies, in maps of one batch. */
export const subjectOf = (subject: {
  readonly companyId: string;
  readonly kind: 'signup' | 'order';
  readonly subjectKey: string;
}): string => JSON.stringify([subject.companyId, subject.kind, subject.subjectKey]);
