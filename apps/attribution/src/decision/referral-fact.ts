import type { Delivery } from '#bus';
import { loseReferral, type Membership } from '#rules';
import type { Action } from './action.js';
import type { DecidedSubject, SubjectName } from './decided-subjects.js';
import type { NewDecision } from './decisions.js';
import type { Fact } from './fact.js';

export type ReferralDelivery = Delivery<'lead.closed'> | Delivery<'deal.closed'>;

export const nameOfReferral = ({ companyId, data }: ReferralDelivery): SubjectName => ({
  companyId,
  kind: data.kind,
  subjectKey: data.referralId,
});

/** @param known what was decided of it before */
export function wonFact(
  delivery: ReferralDelivery,
  submittedBy: Membership,
  known: DecidedSubject | null,
): Fact {
  return {
    ...actionOf(delivery, submittedBy),
    customerKey: delivery.data.customerKey ?? '',
    email: delivery.data.email,
    event: delivery,
    supersedes: known && { decisionId: known.decisionId, revision: known.revision },
  };
}

/** It had been won, and now is not. */
export const lostDecision = (
  delivery: ReferralDelivery,
  submittedBy: Membership,
  known: DecidedSubject,
): NewDecision => ({
  decisionId: known.decisionId,
  revision: known.revision + 1,
  customerId: known.customerId,
  action: { ...actionOf(delivery, submittedBy), subject: known.subject, occurredAt: known.occurredAt },
  decision: loseReferral(delivery.data.kind, submittedBy),
  cause: 'referral',
  event: delivery,
  assignmentId: null,
});

const actionOf = (delivery: ReferralDelivery, submittedBy: Membership): Action => ({
  ...nameOfReferral(delivery),
  subject: {
    kind: delivery.data.kind,
    key: delivery.data.referralId,
    amount: delivery.data.amount,
    currency: delivery.data.currency,
  },
  occurredAt: delivery.occurredAt,
  presented: { kind: 'none' },
  presentedClickId: null,
  visitorId: null,
  presentedCodes: [],
  codes: [],
  submittedBy,
  cancelledAt: null,
});
