import type { Membership } from './membership.js';
import type { PrecedenceMethod } from './precedence.js';
import type { CandidateReason, DecisionReason } from './reasons.js';
import type { Click } from './referral-action.js';

/** Someone who could be credited, and by what. */
export type Contestant =
  /** `binding`: whom the customer belongs to; `manual`: whom the company named by hand. */
  | { readonly kind: 'binding' | 'manual' | 'lead' | 'deal'; readonly membership: Membership }
  | { readonly kind: 'click'; readonly click: Click; readonly membership: Membership }
  | { readonly kind: 'code'; readonly code: string; readonly membership: Membership };

export type Candidate = Contestant & { readonly reason: CandidateReason };

export type WinningMethod = PrecedenceMethod | 'manual' | 'lead' | 'deal';

export interface Decision {
  readonly winner: { readonly membership: Membership; readonly method: WinningMethod } | null;
  readonly reason: DecisionReason;
  /** In the order judged; of clicks the newest first, those after the action last. */
  readonly candidates: readonly Candidate[];
}

/** What a person at the company decided about a customer; it goes before every rule. */
export type Ruling =
  /** Null: the customer is nobody's. */
  { readonly kind: 'assigned'; readonly membership: Membership | null } | { readonly kind: 'deleted' };

/** What was known and decided of a customer before one of its actions. */
export interface CustomerTie {
  /** Whom an earlier action bound it to; a later click never moves it. */
  readonly boundTo: Membership | null;
  readonly ruling: Ruling | null;
}
