import type { DeliveryState, Failure } from '../delivery/delivery-state.js';

/** What an operator asks of one delivery. */
export type InterventionAction = 'replay' | 'discard';

/**
 * What came of asking. Only `applied` changed anything; the others say why nothing had to change, and
 * are recorded all the same.
 */
export type InterventionOutcome = 'applied' | 'already_done' | 'already_under_way' | 'already_discarded';

/** Decides whether an action changes a delivery in this state. */
export function outcomeOf(
  action: InterventionAction,
  delivery: { readonly state: DeliveryState },
): InterventionOutcome {
  switch (delivery.state) {
    case 'dead':
      return 'applied';
    case 'ignored':
      return action === 'replay' ? 'applied' : 'already_discarded';
    case 'done':
      return 'already_done';
    case 'ready':
    case 'sent':
    case 'parked':
      return 'already_under_way';
  }
}

/** One recorded intervention, oldest first in lists. */
export interface Intervention {
  readonly interventionId: string;
  readonly action: InterventionAction;
  readonly outcome: InterventionOutcome;
  readonly revision: number;
  readonly reason: string;
  readonly actor: string;
  readonly createdAt: string;
  readonly stateBefore: DeliveryState;
  readonly failureBefore: Failure | null;
}

/** Where the delivery went after an intervention. */
export interface InterventionResult {
  readonly state: DeliveryState;
  readonly failure: Failure | null;
}

/**
 * What each intervention led to: the state the next one found, and for the last one the present state.
 * @param history oldest first
 */
export function resultsOf(
  history: readonly Intervention[],
  present: InterventionResult,
): InterventionResult[] {
  return history.map((_, index) => {
    const next = history[index + 1];
    return next ? { state: next.stateBefore, failure: next.failureBefore } : present;
  });
}
