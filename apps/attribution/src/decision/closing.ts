import type { Delivery } from '#bus';
import type { Transaction } from '#database';
import { asId } from '#kernel';
import { loseReferral, type Membership } from '#rules';
import { type Action, NO_EVIDENCE, subjectNameOf } from './action.js';
import { type DecidedSubject, readDecidedSubjects, type SubjectName } from './decided-subjects.js';
import type { NewDecision } from './decisions.js';
import type { Fact } from './fact.js';
import { membershipFor, readMemberships } from './memberships.js';

export type ReferralDelivery = Delivery<'lead.closed'> | Delivery<'deal.closed'>;

/** A lead or deal that was closed, with what is known of it. */
export interface Closing {
  readonly delivery: ReferralDelivery;
  readonly submittedBy: Membership;
  /** What was decided of it when it was closed before; null when it never was won. */
  readonly known: DecidedSubject | null;
}

export const nameOfReferral = ({ companyId, data }: ReferralDelivery): SubjectName => ({
  companyId,
  kind: data.kind,
  subjectKey: data.referralId,
});

/** Read it under the customers' locks: a late click may revise what was decided. */
export async function readClosings(
  tx: Transaction,
  referrals: readonly ReferralDelivery[],
): Promise<Closing[]> {
  const known = await readDecidedSubjects(tx, referrals.map(nameOfReferral));
  const partnershipOf = ({ data }: ReferralDelivery) => asId('Partnership', data.partnershipId);
  const memberships = await readMemberships(
    tx,
    referrals.map((delivery) => ({
      companyId: delivery.companyId,
      partnershipId: partnershipOf(delivery),
    })),
  );
  return referrals.map((delivery) => ({
    delivery,
    submittedBy: membershipFor(partnershipOf(delivery), memberships),
    known: known.get(subjectNameOf(nameOfReferral(delivery))) ?? null,
  }));
}

export function wonFact({ delivery, submittedBy, known }: Closing): Fact {
  return {
    ...actionOf(delivery, submittedBy),
    customerKey: delivery.data.customerKey ?? '',
    email: delivery.data.email,
    event: delivery,
    supersedes: known && { decisionId: known.decisionId, revision: known.revision },
  };
}

/** It had been won, and now is not. */
export const lostDecision = ({
  delivery,
  submittedBy,
  known,
}: Closing & { readonly known: DecidedSubject }): NewDecision => ({
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
  ...NO_EVIDENCE,
  submittedBy,
  cancelledAt: null,
});
