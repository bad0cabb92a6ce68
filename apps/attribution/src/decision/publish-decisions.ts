import type { NewEvent, Publisher } from '#bus';
import type { Transaction } from '#database';
import type { CustomerChange } from './customer-change.js';
import type { Customer } from './customer.js';
import type { NewDecision } from './decisions.js';

/** Tells every decision, winner or none: commissions records all orders. */
export function publishDecisions(
  tx: Transaction,
  publisher: Publisher,
  changes: readonly CustomerChange[],
): Promise<void> {
  return publisher.publish(
    tx,
    changes.flatMap(({ customer, decisions }) => decisions.map((decision) => decided(customer, decision))),
  );
}

function decided(
  customer: Customer,
  { decisionId, revision, action, decision, event }: NewDecision,
): NewEvent<'attribution.decided'> {
  const { winner } = decision;
  return {
    type: 'attribution.decided',
    companyId: customer.companyId,
    occurredAt: action.occurredAt,
    ...(event && { cause: event }),
    data: {
      decisionId,
      revision,
      customerId: customer.customerId,
      customerKey: customer.customerKey,
      signedUpAt: customer.signedUpAt?.toISOString() ?? null,
      firstPaidAt: customer.firstPaidAt?.toISOString() ?? null,
      winner: winner && {
        partnershipId: winner.membership.partnershipId,
        partnerId: winner.membership.partnerId,
        programId: winner.membership.programId,
        method: winner.method,
      },
      reason: decision.reason,
      subject: action.subject,
    },
  };
}
