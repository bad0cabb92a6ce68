import type { Delivery } from '#bus';
import { type AttributionDecided, type ReferralSubject, subjectKeyOf } from '#contracts';
import type { DecisionColumns } from './subject.js';

/** What a decision says of its subject, as columns. */
export function decisionColumns(delivery: Delivery<'attribution.decided'>): DecisionColumns {
  const { data } = delivery;
  return {
    company_id: delivery.companyId,
    kind: data.subject.kind,
    key: subjectKeyOf(data.subject),
    revision: data.revision,
    occurred_at: delivery.occurredAt.toISOString(),
    customer_id: data.customerId,
    partnership_id: data.winner?.partnershipId ?? null,
    partner_id: data.winner?.partnerId ?? null,
    program_id: data.winner?.programId ?? null,
    ...subjectColumns(data.subject),
  };
}

function subjectColumns(subject: AttributionDecided['subject']) {
  switch (subject.kind) {
    case 'order':
      return {
        amount: String(subject.amount),
        tax: String(subject.tax),
        shipping: String(subject.shipping),
        currency: subject.currency,
        fulfilment_policy: subject.fulfilmentPolicy,
        lines: subject.lines,
        action: null,
      };
    case 'lead':
    case 'deal':
      return { ...NO_COLUMNS, ...worthColumns(subject) };
    case 'action':
      return { ...NO_COLUMNS, action: subject.action };
    case 'signup':
      return NO_COLUMNS;
  }
}

/** Of a subject that has none of what orders, leads, deals and actions bring. */
export const NO_COLUMNS = {
  amount: null,
  tax: null,
  shipping: null,
  currency: null,
  fulfilment_policy: null,
  lines: null,
  action: null,
};

/** An amount without its currency says nothing. */
function worthColumns({ amount, currency }: ReferralSubject) {
  return amount === null || currency === null ? {} : { amount: String(amount), currency };
}
