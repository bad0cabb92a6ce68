/**
 * Why somebody asked for a sign-in link: to sign in, to open a partner account, or to open one though the address
 * opened one before, so that the link signs in to that. Only the mail tells the last two apart, never the answer.
 */
export type SignInPurpose = 'sign_in' | 'sign_up' | 'sign_up_again';

/**
 * Somebody asked for a sign-in link (published under PLATFORM_COMPANY). The mail's link is made at sending
 * time by `signInLink(secretBox, publicUrl, signInId)` of #http; its secret is never stored or queued.
 */
export interface SignInRequested {
  readonly signInId: string;
  readonly email: string;
  readonly purpose: SignInPurpose;
  readonly expiresAt: string;
}

/**
 * Somebody was invited to a team (published under PLATFORM_COMPANY). The mail's link is made at sending time
 * by `teamInvitationLink` of #http.
 */
export interface TeamInvited {
  readonly invitationId: string;
  readonly account: { readonly kind: 'company' | 'partner'; readonly id: string; readonly name: string };
  readonly email: string;
  readonly role: string;
  readonly expiresAt: string;
}
