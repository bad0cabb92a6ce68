import type { Id } from '#kernel';

/** `sending` carries a lease; `held` waits until there is a mail server; `sent` and `failed` are final. */
export const EMAIL_STATES = ['queued', 'sending', 'sent', 'failed', 'held'] as const;
export type EmailState = (typeof EMAIL_STATES)[number];

/** What an e-mail says. Kept as its parts: a sign-in's secret is made only when it is sent. */
export type EmailContent =
  | { readonly template: 'notice'; readonly params: { readonly subject: string; readonly text: string } }
  | {
      readonly template: 'sign_in';
      readonly params: { readonly signInId: Id<'SignIn'>; readonly expiresAt: string };
    };

/** An e-mail to send once, however often its event arrives. */
export interface NewEmail {
  readonly companyId: Id<'Company'>;
  readonly eventId: Id<'Event'>;
  readonly partnerId: string;
  readonly recipient: string;
  readonly content: EmailContent;
}

/** Why an e-mail is held; operators read it. */
export const NO_SMTP = 'no SMTP configured';
