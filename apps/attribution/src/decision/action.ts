import type { Delivery } from '#bus';
import type { AttributionDecided, OrderPlaced, SubjectKind } from '#contracts';
import type { Id } from '#kernel';
import type { CustomerAction } from '#rules';

/** What is decided, as those are told who pay on it. */
export type Subject = AttributionDecided['subject'];
export type OrderSubject = Extract<Subject, { kind: 'order' }>;

/** Something a customer did, with what it is decided on. */
export interface Action extends CustomerAction {
  readonly companyId: Id<'Company'>;
  readonly subject: Subject;
  readonly presentedClickId: Id<'Click'> | null;
  /** Whose clicks the presented click id led to. */
  readonly visitorId: Id<'Visitor'> | null;
  /** Every discount code it brought along, a partner's or not, in lower case. */
  readonly presentedCodes: readonly string[];
}

/** Of an action that nothing was brought along with: no click, no code. */
export const NO_EVIDENCE = {
  presented: { kind: 'none' },
  presentedClickId: null,
  visitorId: null,
  presentedCodes: [],
  codes: [],
} as const satisfies Partial<Action>;

/** An event that led to a decision. */
export interface CausingEvent {
  readonly eventId: Id<'Event'>;
  readonly correlationId: Id<'Event'>;
}

/** A fact of the company's platform that can credit a partner. */
export type FactDelivery =
  Delivery<'customer.signed_up'> | Delivery<'order.placed'> | Delivery<'action.performed'>;

export function subjectOfFact(delivery: FactDelivery): Subject {
  switch (delivery.type) {
    case 'customer.signed_up':
      return { kind: 'signup', customerKey: delivery.data.customerKey };
    case 'order.placed':
      return orderSubjectOf(delivery.data);
    case 'action.performed':
      return { kind: 'action', key: delivery.data.actionKey, action: delivery.data.action };
  }
}

const orderSubjectOf = (data: OrderPlaced): OrderSubject => ({
  kind: 'order',
  orderKey: data.orderKey,
  amount: data.amount,
  tax: data.tax,
  shipping: data.shipping,
  currency: data.currency,
  fulfilmentPolicy: data.fulfilmentPolicy,
  lines: data.lines,
});

/** Names a subject across companies, in maps of one batch. */
export const subjectNameOf = (subject: {
  readonly companyId: string;
  readonly kind: SubjectKind;
  readonly subjectKey: string;
}): string => JSON.stringify([subject.companyId, subject.kind, subject.subjectKey]);
