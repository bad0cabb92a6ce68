import { type Binding, decideHistory, type KnownCustomer } from '#rules';
import { bindingRecordOf, type DecidedCustomer } from './customer-change.js';
import { type Customer, isRuled, knownCustomer } from './customer.js';
import type { Fact } from './fact.js';
import type { Grounds } from './grounds.js';
import { precedenceFor } from './settings.js';
import type { LateArrival } from './redecide.js';

/** One customer's new facts, decided by what was known of it before. */
export interface FactHistory extends DecidedCustomer, LateArrival {
  /** What was known of the customer before. */
  readonly known: KnownCustomer;
  /** A fact came late, and what was decided of later actions may not stand. */
  readonly isRewriting: boolean;
}

export function decideFacts(
  customer: Customer,
  facts: readonly [Fact, ...Fact[]],
  grounds: Grounds,
): FactHistory {
  const known = knownCustomer(customer, grounds);
  const { decided, binding } = decideHistory(facts, known, precedenceFor(customer.companyId, grounds));
  return {
    customer,
    facts,
    decided: decided.map(({ action, decision }) => ({ fact: action, decision })),
    revised: [],
    binding: isRuled(customer) ? customer.binding : bindingRecordOf(binding),
    known,
    isRewriting: !isRuled(customer) && isRewriting(customer, facts, known, binding),
    clicks: [],
    event: facts[0].event,
  };
}

/** A late fact may bind the customer otherwise, or hold a binding that lapsed without it. */
function isRewriting(
  { lastActionAt, lapsedAt }: Customer,
  facts: readonly Fact[],
  known: KnownCustomer,
  binding: Binding | null,
): boolean {
  const isBoundAnew = binding !== null && binding.by !== known.binding?.by;
  return (
    (isBoundAnew && lastActionAt !== null && binding.by.occurredAt <= lastActionAt) ||
    (lapsedAt !== null && facts.some(({ occurredAt }) => occurredAt <= lapsedAt))
  );
}

/** Where nothing decided may move any more: each fact by itself, and the customer stays with whom it is. */
export function standAlone(history: FactHistory, grounds: Grounds): DecidedCustomer {
  const precedence = precedenceFor(history.customer.companyId, grounds);
  return {
    ...history,
    decided: history.facts.flatMap((fact) =>
      decideHistory([fact], history.known, precedence).decided.map(({ decision }) => ({ fact, decision })),
    ),
    binding: history.customer.binding,
  };
}
