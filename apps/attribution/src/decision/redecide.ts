import type { Transaction } from '#database';
import type { Id } from '#kernel';
import { decideHistory } from '#rules';
import { type Action, type CausingEvent, subjectNameOf } from './action.js';
import type { ClickRecord } from './clicks.js';
import { bindingRecordOf, type DecidedCustomer } from './customer-change.js';
import { type Customer, isRuled, knownCustomer } from './customer.js';
import type { Fact } from './fact.js';
import { keepPaid } from './keep-paid.js';
import { readPaidSubjects } from './paid-subjects.js';
import type { Grounds } from './grounds.js';
import { readMemberships } from './memberships.js';
import { type AttributionSettings, precedenceFor } from './settings.js';
import { actionOf } from './standing-action.js';
import { isUnchanged, readStandingDecisions, type StandingDecision } from './standing-decisions.js';

/** What came too late for decisions of one customer that stand. */
export interface LateArrival {
  readonly customer: Customer;
  /** What happened before actions already decided, or takes the place of what was decided. */
  readonly facts: readonly Fact[];
  /** Clicks that were not stored yet when an action of their visitor was decided. */
  readonly clicks: readonly ClickRecord[];
  /** The event that told it; null when the company's staff did. */
  readonly event: CausingEvent | null;
}

/**
 * What becomes of a decision that has a paid commission: `freeze`: it stands, and so does all else of its
 * customer; `keep`: it stands, the others move; `move`: it moves too.
 */
export type PaidPolicy = 'freeze' | 'keep' | 'move';

/**
 * Decides the customers' histories again with what came late, as if all had come in order: the only automatic
 * move there is (A-06). It judges the candidates on record and the late ones, nothing else.
 *
 * @returns null in place of a customer of whom a paid commission would have to move under `freeze`
 */
export async function redecide(
  tx: Transaction,
  arrivals: readonly LateArrival[],
  settings: AttributionSettings,
  paidPolicy: PaidPolicy,
): Promise<(DecidedCustomer | null)[]> {
  const standing = await readStandingDecisions(
    tx,
    arrivals.map(({ customer }) => customer),
  );
  const memberships = await readMemberships(tx, [
    ...standing.flatMap(({ companyId, candidates }) =>
      candidates.map(({ partnershipId }) => ({ companyId, partnershipId })),
    ),
    ...arrivals.flatMap(({ clicks }) => clicks),
    ...arrivals.flatMap(({ customer: { companyId, binding } }) =>
      binding ? [{ companyId, partnershipId: binding.partnershipId }] : [],
    ),
  ]);
  const grounds = { ...settings, memberships };
  const standingOf = Map.groupBy(standing, ({ customerId }) => customerId);
  const again = arrivals.map((arrival) =>
    decideAgain(arrival, movableOf(arrival.customer, standingOf), grounds),
  );
  if (paidPolicy === 'move') return again;
  const paid = await readPaidSubjects(
    tx,
    again.flatMap(({ revised }) => revised.map(({ standing: decision }) => decision)),
  );
  return again.map((redecided) => {
    const movable = redecided.revised.filter(({ action }) => !paid.has(subjectNameOf(action)));
    if (movable.length === redecided.revised.length) return redecided;
    return paidPolicy === 'keep'
      ? keepPaid(redecided, movable, standingOf.get(redecided.customer.customerId) ?? [])
      : null;
  });
}

/** What was decided of a customer before it was deleted stays so. */
const movableOf = (
  { customerId, isDeleted }: Customer,
  standingOf: ReadonlyMap<Id<'Customer'>, readonly StandingDecision[]>,
): readonly StandingDecision[] => (isDeleted ? [] : (standingOf.get(customerId) ?? []));

function decideAgain(
  { customer, facts, clicks, event }: LateArrival,
  standing: readonly StandingDecision[],
  grounds: Grounds,
): DecidedCustomer {
  const standingOf = new Map<Action, StandingDecision>(
    standing.map((decision) => [actionOf(decision, clicks, grounds), decision]),
  );
  // Without the binding, which the history itself makes; a ruling is not of its making.
  const known = { ...knownCustomer(customer, grounds), binding: null };
  const { decided, binding } = decideHistory(
    [...standingOf.keys(), ...facts],
    known,
    precedenceFor(customer.companyId, grounds),
  );
  return {
    customer,
    facts,
    binding: isRuled(customer) ? customer.binding : bindingRecordOf(binding),
    decided: decided.flatMap(({ action, decision }) => {
      const fact = facts.find((candidate) => candidate === action);
      return fact ? [{ fact, decision }] : [];
    }),
    revised: decided.flatMap(({ action, decision }) => {
      const before = standingOf.get(action);
      return before && !isUnchanged(before, decision) ? [{ standing: before, action, decision, event }] : [];
    }),
  };
}
