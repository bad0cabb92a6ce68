import { inEventOrder } from '#rules';
import type { DecidedCustomer, Revised } from './customer-change.js';
import { isRuled } from './customer.js';
import type { StandingDecision } from './standing-decisions.js';

/**
 * Leaves the decisions that have a paid commission as they stand. The customer then belongs to the winner of the
 * earliest decision, as all of them stand in the end.
 */
export function keepPaid(
  redecided: DecidedCustomer,
  movable: readonly Revised[],
  standing: readonly StandingDecision[],
): DecidedCustomer {
  const { customer, decided } = redecided;
  const moved = new Set(movable.map((revised) => revised.standing));
  const stays = standing.filter((decision) => !moved.has(decision));
  const ties = [
    ...stays.map((decision) => ({ action: decision, winner: decision })),
    ...[...decided.map(({ fact, decision }) => ({ action: fact, decision })), ...movable].map(
      ({ action, decision }) => ({ action, winner: decision.winner?.membership }),
    ),
  ].flatMap(({ action, winner }) =>
    winner?.partnershipId && winner.programId && action.cancelledAt === null
      ? [{ partnershipId: winner.partnershipId, programId: winner.programId, by: action }]
      : [],
  );
  const [first = null] = ties.toSorted((a, b) => inEventOrder(a.by, b.by));
  return { ...redecided, revised: movable, binding: isRuled(customer) ? customer.binding : first };
}
