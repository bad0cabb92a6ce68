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

/**
 * A partner asked for a sign-in link (published under PLATFORM_COMPANY). The mail's link is made at sending
 * time by `signInLink(secretBox, publicUrl, signInId)` of #http; its secret is never stored or queued.
 */
export interface SignInRequested {
  readonly signInId: string;
  readonly partnerId: string;
  readonly email: string;
  readonly expiresAt: string;
}
