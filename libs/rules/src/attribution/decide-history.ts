import { decideWinner } from './decide-winner.js';
import type { Decision, Ruling } from './decision.js';
import { isSamePartner, type Membership } from './membership.js';
import type { Precedence } from './precedence.js';
import type { ActionKind, ReferralAction } from './referral-action.js';

/** An action as one of several of the same customer. */
export interface CustomerAction extends ReferralAction {
  /** The company's own name of the order or action; of a signup, its customer; of a lead or deal, its id. */
  readonly subjectKey: string;
  /** When an order was cancelled that had not been fulfilled: from then on it binds nobody. Else null. */
  readonly cancelledAt: Date | null;
}

/** Whom a customer belongs to, and by which of its actions. */
export interface Binding {
  readonly membership: Membership;
  readonly by: Moment;
}

/** What is known of a customer besides its actions. */
export interface KnownCustomer {
  /** It does not reach actions before its own. */
  readonly binding: Binding | null;
  readonly ruling: Ruling | null;
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
 * A binding by an order lapses when the order is cancelled before it was fulfilled, unless another credited
 * action of the same partner holds it. What was credited before the cancellation stays credited.
 */
export function decideHistory<Action extends CustomerAction>(
  actions: readonly Action[],
  { binding, ruling }: KnownCustomer,
  precedence: readonly Precedence[],
): DecidedHistory<Action> {
  let holders: readonly Holder[] = binding ? [{ ...binding, until: null }] : [];
  const decided = actions.toSorted(inEventOrder).map((action) => {
    holders = holdersAt(holders, action.occurredAt);
    const [holder] = holders;
    const inForce = holder && inEventOrder(holder.by, action) < 0 ? holder : null;
    const boundTo = ruling?.kind === 'assigned' ? null : (inForce?.membership ?? null);
    const decision = decideWinner(action, { boundTo, ruling }, precedence);
    if (decision.winner && !ruling) {
      const own = { membership: decision.winner.membership, by: action, until: action.cancelledAt };
      holders = inForce ? joined(holders, own) : [own];
    }
    return { action, decision };
  });
  const last = ruling ? binding : holders.find(({ until }) => until === null);
  return { decided, binding: last ? { membership: last.membership, by: last.by } : null };
}

/** A credited action that ties its customer to the partner, as long as it is not cancelled. */
interface Holder extends Binding {
  readonly until: Date | null;
}

const holdersAt = (holders: readonly Holder[], moment: Date): readonly Holder[] =>
  holders.filter(({ until }) => until === null || moment < until);

/** An order that a code of another partner won leaves the tie to the first one as it is. */
const joined = (holders: readonly Holder[], own: Holder): readonly Holder[] =>
  holders.some(({ membership }) => isSamePartner(membership, own.membership)) ? [...holders, own] : holders;

/** What puts actions of one customer in order. */
export interface Moment {
  /** `manual`: the company assigned the customer by hand. */
  readonly kind: ActionKind | 'manual';
  readonly subjectKey: string;
  readonly occurredAt: Date;
}

const RANK: Readonly<Record<Moment['kind'], number>> = {
  manual: 0,
  signup: 1,
  lead: 2,
  deal: 3,
  action: 4,
  order: 5,
};

/**
 * By event time; at the same moment a signup goes first and an order last, then by key. Never by arrival, so that
 * every order of arrival ends the same.
 */
export function inEventOrder(a: Moment, b: Moment): number {
  const elapsed = a.occurredAt.getTime() - b.occurredAt.getTime();
  if (elapsed !== 0) return elapsed;
  if (a.kind !== b.kind) return RANK[a.kind] - RANK[b.kind];
  if (a.subjectKey === b.subjectKey) return 0;
  return a.subjectKey < b.subjectKey ? -1 : 1;
}
