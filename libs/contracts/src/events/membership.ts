/** The company approved or declined an application. */
export interface ApplicationReviewed {
  readonly applicationId: string;
  readonly partnershipId: string;
  readonly programId: string;
  readonly partnerId: string;
  readonly outcome: 'approved' | 'declined';
  /** Shown to the partner; null when the company gave none. */
  readonly reason: string | null;
}

/** How a partner refers somebody by hand: a lead is a person to talk to, a deal a sale under way. */
export const REFERRAL_KINDS = ['lead', 'deal'] as const;
export type ReferralKind = (typeof REFERRAL_KINDS)[number];

/** Whose referral an event is about; the person referred stays out of it. */
interface ReferralOrigin {
  readonly referralId: string;
  readonly kind: ReferralKind;
  readonly partnershipId: string;
  readonly partnerId: string;
  readonly programId: string;
  /** When it was submitted; ISO 8601. */
  readonly submittedAt: string;
}

/** The company approved or declined a lead or deal, or the program's own rule did so at once. */
export interface ReferralReviewed extends ReferralOrigin {
  readonly outcome: 'approved' | 'declined';
  /** Shown to the partner; null when none was given. A decline always has one. */
  readonly reason: string | null;
}

/** The time for which a deal keeps its account from other partners is over. */
export type DealExpired = ReferralOrigin;

/**
 * A lead or deal was closed. The envelope's `occurredAt` is when, and what attribution and offers judge by.
 * One that was reopened and closed again comes with a higher `revision`: the highest one holds.
 */
export interface ReferralClosed extends ReferralOrigin {
  /** Counts the closings of this referral from 1. */
  readonly revision: number;
  /** The partnership's group when it was closed. */
  readonly groupId: string;
  readonly outcome: 'won' | 'lost';
  /** The company's own key of the customer that it became; set when won. */
  readonly customerKey: string | null;
  /** For the customer list of the company only; never shown to a partner who has no tie. */
  readonly email: string | null;
  /** What it is worth, minor units; null together with `currency` when nobody said. */
  readonly amount: number | null;
  readonly currency: string | null;
  /** Why it was lost, for the partner; null when won. */
  readonly reason: string | null;
}

/**
 * A company invited somebody to a program. The mail's link is made at sending time by `programInvitationLink` of
 * #http; its secret is never stored or queued.
 */
export interface PartnerInvited {
  readonly invitationId: string;
  readonly programId: string;
  readonly email: string;
  readonly companyName: string;
  readonly programName: string;
  /** The company's own words; null when it gave none. */
  readonly message: string | null;
  readonly expiresAt: string;
}

/** A membership that an event is about. */
export interface MembershipEvent {
  readonly partnershipId: string;
  readonly partnerId: string;
  readonly programId: string;
}

/** The company ended a membership. */
export interface PartnerRemoved extends MembershipEvent {
  readonly reason: string;
  /** Whether the company takes a new application of this partner. */
  readonly mayApplyAgain: boolean;
}

/** A program has new terms, which this partner is asked to accept; one event for each approved partner. */
export interface TermsPublished extends MembershipEvent {
  readonly version: number;
}

/** The company answered a partner who asked for a link. */
export interface LinkRequestReviewed extends MembershipEvent {
  readonly linkRequestId: string;
  readonly outcome: 'granted' | 'refused';
  /** The company's words; a refusal always has some. */
  readonly reason: string | null;
  /** Where the link leads that was granted; null when refused. */
  readonly destinationUrl: string | null;
}
