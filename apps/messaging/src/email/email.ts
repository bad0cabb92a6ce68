import type { PartnerInvited, SignInPurpose, TeamInvited } from '#contracts';
import type { Id } from '#kernel';

/** `sending` carries a lease; `held` waits until there is a mail server; `sent` and `failed` are final. */
export const EMAIL_STATES = ['queued', 'sending', 'sent', 'failed', 'held'] as const;
export type EmailState = (typeof EMAIL_STATES)[number];

/** What an e-mail says. Kept as its parts: a link's secret is made only when it is sent. */
export type EmailContent =
  | { readonly template: 'notice'; readonly params: { readonly subject: string; readonly text: string } }
  | {
      readonly template: 'sign_in';
      readonly params: {
        readonly signInId: Id<'SignIn'>;
        /** Missing in mail that was queued before sign-ups had words of their own. */
        readonly purpose?: SignInPurpose;
        readonly expiresAt: string;
      };
    }
  | { readonly template: 'team_invitation'; readonly params: Omit<TeamInvited, 'email'> }
  | { readonly template: 'program_invitation'; readonly params: ProgramInvitationMail };

export interface ProgramInvitationMail extends Omit<PartnerInvited, 'email'> {
  readonly companyId: Id<'Company'>;
}

/** An e-mail that is sent for its one-time link. */
export type LinkContent = Exclude<EmailContent, { readonly template: 'notice' }>;

/** An e-mail to send once, however often its event arrives. */
export interface NewEmail {
  readonly companyId: Id<'Company'>;
  readonly eventId: Id<'Event'>;
  /** Null for mail of the installation itself: sign-in links, invitations. */
  readonly partnerId: string | null;
  readonly recipient: string;
  readonly content: EmailContent;
}

/** Why an e-mail is held; operators read it. */
export const NO_SMTP = 'no SMTP configured';
