import { type Binding, decideHistory } from '#rules';
import { bindingRecordOf, type DecidedCustomer } from './customer-change.js';
import type { Customer } from './customer.js';
import type { Fact } from './fact.js';
import { membershipFor, type ProgramTerms } from './program-terms.js';
import type { LateArrival } from './redecide.js';

/** One customer's new facts, decided by what was known of it before. */
export interface FactHistory extends DecidedCustomer, LateArrival {
  /** Whom the customer belonged to before. */
  readonly known: Binding | null;
  /** A fact came late and found a winner: what was decided of later actions may not stand. */
  readonly isRewriting: boolean;
}

export function decideFacts(
  customer: Customer,
  facts: readonly [Fact, ...Fact[]],
  terms: ProgramTerms,
): FactHistory {
  const known = customer.binding && {
    membership: membershipFor(customer.binding.partnershipId, terms),
    by: customer.binding.by,
  };
  const { decided, binding } = decideHistory(facts, known);
  return {
    customer,
    facts,
    decided: decided.map(({ action, decision }) => ({ fact: action, decision })),
    revised: [],
    binding: bindingRecordOf(binding),
    known,
    isRewriting:
      binding !== null &&
      binding !== known &&
      customer.lastActionAt !== null &&
      binding.by.occurredAt <= customer.lastActionAt,
    clicks: [],
    event: facts[0].event,
  };
}

/** Where nothing decided may move any more: each fact by itself, and the customer stays with whom it is. */
export function standAlone(history: FactHistory): DecidedCustomer {
  return {
    ...history,
    decided: history.facts.flatMap((fact) =>
      decideHistory([fact], history.known).decided.map(({ decision }) => ({ fact, decision })),
    ),
    binding: history.customer.binding,
  };
}
