import type { Id } from '#kernel';

/** What a rule says of an application that meets all its conditions. */
export const RULE_DECISIONS = ['approve', 'decline', 'review'] as const;
export type RuleDecision = (typeof RULE_DECISIONS)[number];

/** One of a program's automatic rules. A condition that is null does not count; with none it is met by everyone. */
export interface ApplicationRule {
  readonly name: string;
  /** ISO 3166-1 codes of two letters. */
  readonly countries: readonly string[] | null;
  /** Lower-case domains of the partner's e-mail address, each exactly. */
  readonly emailDomains: readonly string[] | null;
  readonly isInvited: boolean | null;
  readonly decision: RuleDecision;
  /** The group that the partner starts in; null leaves it to the invitation, or to the program. */
  readonly groupId: Id<'Group'> | null;
  /** Shown to the partner; a decline has one. */
  readonly reason: string | null;
}

/** What the rules are told of an application. */
export interface ApplicationFacts {
  readonly country: string | null;
  readonly emailDomain: string;
  readonly isInvited: boolean;
  /** Whose removal from the program speaks against deciding at once: the partner's own, or one that shares a person. */
  readonly removedPartnershipId: Id<'Partnership'> | null;
}

/** One condition of one rule, as it was judged. */
export interface RuleCheck {
  readonly condition: 'country' | 'email_domain' | 'invitation';
  readonly required: string;
  readonly actual: string;
  readonly isMet: boolean;
}

/** How one rule was judged. */
export interface RuleTrace {
  readonly rule: string;
  readonly isMet: boolean;
  readonly checks: readonly RuleCheck[];
}

/** Who decided: a rule, the invitation, a removal by the company, or nothing of these. */
export const DECIDED_BY = ['rule', 'invitation', 'removal', 'nothing'] as const;

/** What became of an application without anybody looking at it, and why. */
export interface AutomaticDecision {
  readonly decision: RuleDecision;
  readonly by: (typeof DECIDED_BY)[number];
  readonly rule: string | null;
  readonly groupId: Id<'Group'> | null;
  readonly reason: string | null;
  /** Whose removal it was, for the company alone; missing in decisions from before it was kept. */
  readonly removedPartnershipId?: Id<'Partnership'>;
  /** The rules in their order, up to the one that decided. */
  readonly trace: readonly RuleTrace[];
}
