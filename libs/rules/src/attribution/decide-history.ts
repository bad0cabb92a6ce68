import { type Decision, decideWinner, type Membership, type ReferralAction } from './decide-winner.js';

/** A signup or order as one of several of the same customer. */
export interface CustomerAction extends ReferralAction {
  /** The company's own name of the order; of a signup, its customer. */
  readonly subjectKey: string;
}

/** Whom a customer belongs to, and by which of its actions. */
export interface Binding {
  readonly membership: Membership;
  readonly by: Moment;
}

export interface DecidedHistory<Action extends CustomerAction> {
  readonly decided: readonly { readonly action: Action; readonly decision: Decision }[];
  /** The given binding, unless an action before it found a winner: then that one's. */
  readonly binding: Binding | null;
}

/**
 * Decides several actions of one customer in the order they happened, whatever order they arrived in: the
 * first one with a winner binds the customer, and the ones after it are judged by that binding.
 *
 * @param binding whom the customer is known to belong to; it does not reach actions before its own
 */
export function decideHistory<Action extends CustomerAction>(
  actions: readonly Action[],
  binding: Binding | null,
): DecidedHistory<Action> {
  let current = binding;
  const decided = actions.toSorted(inEventOrder).map((action) => {
    const inForce = current && inEventOrder(current.by, action) < 0 ? current : null;
    const decision = decideWinner(action, inForce?.membership ?? null);
    if (decision.winner && !inForce) current = { membership: decision.winner.membership, by: action };
    return { action, decision };
  });
  return { decided, binding: current };
}

/** What puts actions of one customer in order. */
export type Moment = Pick<CustomerAction, 'kind' | 'subjectKey' | 'occurredAt'>;

/**
 * By event time; at the same moment a signup goes before an order, then by key. Never by arrival, so that every
 * order of arrival ends the same.
 */
function inEventOrder(a: Moment, b: Moment): number {
  const elapsed = a.occurredAt.getTime() - b.occurredAt.getTime();
  if (elapsed !== 0) return elapsed;
  if (a.kind !== b.kind) return a.kind === 'signup' ? -1 : 1;
  if (a.subjectKey === b.subjectKey) return 0;
  return a.subjectKey < b.subjectKey ? -1 : 1;
}
