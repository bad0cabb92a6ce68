import type { Publisher } from '#bus';
import type { Transaction } from '#database';
import { newId } from '#kernel';
import type { Binding, Decision } from '#rules';
import type { Action, CausingEvent } from './action.js';
import type { BindingRecord, Customer } from './customer.js';
import { saveCustomers } from './save-customers.js';
import { type Cause, type NewDecision, storeDecisions } from './decisions.js';
import type { Fact } from './fact.js';
import { publishDecisions } from './publish-decisions.js';
import type { StandingDecision } from './standing-decisions.js';

/** What one batch changes about one customer. */
export interface CustomerChange {
  /** As it is afterwards. */
  readonly customer: Customer;
  readonly decisions: readonly NewDecision[];
}

/** What was decided about one customer. */
export interface DecidedCustomer {
  /** As it was before. */
  readonly customer: Customer;
  readonly facts: readonly Fact[];
  readonly decided: readonly { readonly fact: Fact; readonly decision: Decision }[];
  readonly revised: readonly Revised[];
  readonly binding: BindingRecord | null;
}

/** A decision that stood, decided otherwise because of what `event` told. */
export interface Revised {
  readonly standing: StandingDecision;
  readonly action: Action;
  readonly decision: Decision;
  /** Null when the company's staff did it. */
  readonly event: CausingEvent | null;
}

export function changeOf(
  { customer, facts, decided, revised, binding }: DecidedCustomer,
  causeOfRevisions: Exclude<Cause, 'fact'>,
): CustomerChange {
  const { customerId, assignmentId } = customer;
  return {
    customer: learn(customer, facts, binding),
    decisions: [
      ...decided.map(({ fact, decision }) => ({
        decisionId: fact.supersedes?.decisionId ?? newId('Decision'),
        revision: (fact.supersedes?.revision ?? 0) + 1,
        customerId,
        action: fact,
        decision,
        cause: fact.supersedes ? causeOfRevisions : ('fact' as const),
        event: fact.event,
        assignmentId,
      })),
      ...revised.map(({ standing, action, decision, event }) => ({
        decisionId: standing.decisionId,
        revision: standing.revision + 1,
        customerId,
        action,
        decision,
        cause: causeOfRevisions,
        event,
        assignmentId,
      })),
    ],
  };
}

/** What the customer is known by once `facts` are told and it belongs to whom `binding` says. */
function learn(before: Customer, facts: readonly Fact[], binding: BindingRecord | null): Customer {
  const timesOf = (kind: Fact['kind']) =>
    facts.filter((fact) => fact.kind === kind).map(({ occurredAt }) => occurredAt);
  return {
    ...before,
    email: facts.findLast(({ email }) => email !== null)?.email ?? before.email,
    signedUpAt: inOrder(before.signedUpAt, timesOf('signup'))[0] ?? null,
    firstPaidAt: inOrder(before.firstPaidAt, timesOf('order'))[0] ?? null,
    lastActionAt:
      inOrder(
        before.lastActionAt,
        facts.map(({ occurredAt }) => occurredAt),
      ).at(-1) ?? null,
    binding,
  };
}

function inOrder(known: Date | null, times: readonly Date[]): Date[] {
  return [...(known ? [known] : []), ...times].toSorted((a, b) => a.getTime() - b.getTime());
}

export const bindingRecordOf = (binding: Binding | null): BindingRecord | null =>
  binding && {
    partnershipId: binding.membership.partnershipId,
    programId: binding.membership.programId,
    by: binding.by,
  };

/** Writes and publishes what a batch decided: one statement per table. */
export async function recordChanges(
  tx: Transaction,
  publisher: Publisher,
  changes: readonly CustomerChange[],
  now: Date,
): Promise<void> {
  await storeDecisions(
    tx,
    changes.flatMap(({ decisions }) => decisions),
    now,
  );
  await saveCustomers(
    tx,
    changes.map(({ customer }) => customer),
    now,
  );
  await publishDecisions(tx, publisher, changes);
}
