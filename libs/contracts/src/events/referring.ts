import type { MembershipEvent } from './membership.js';

/** The company gave a partner a discount code: a new one, a retired one, or one that another partner had. */
export interface CodeAssigned extends MembershipEvent {
  readonly codeId: string;
  /** As customers type it. */
  readonly code: string;
  /** From when on what customers do with it counts for the partner, past or to come; ISO 8601. */
  readonly from: string;
}

/** The company took a discount code from a partner: retired it, or gave it to another one, who is not named. */
export interface CodeEnded extends MembershipEvent {
  readonly codeId: string;
  readonly code: string;
  /** From when on it counts for the partner no more; ISO 8601. */
  readonly until: string;
}

/** The company made a link for a partner. */
export interface LinkGiven extends MembershipEvent {
  readonly linkId: string;
  readonly destinationUrl: string;
}
