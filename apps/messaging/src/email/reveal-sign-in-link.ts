import { Injectable } from '@nestjs/common';
import { AppConfig, SecretBox } from '#config';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { idempotent, type IdempotentRequest, type OperatorPrincipal, signInLink } from '#http';
import { Clock, Conflict, type Id, newId, NotFound } from '#kernel';
import type { EmailContent, EmailState } from './email.js';

export interface RevealedLink {
  readonly url: string;
  readonly expiresAt: string;
}

/** An operator reads a sign-in link that no mail server could carry, so that nobody is locked out. Audited. */
@Injectable()
export class RevealSignInLink {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `email.not_held`, `sign_in_link.expired` */
  async execute(
    operator: OperatorPrincipal,
    emailId: Id<'Email'>,
    request: IdempotentRequest,
  ): Promise<RevealedLink> {
    // The answer that is kept for a repeated request must hold no secret, so the link is made after it.
    const { signInId, expiresAt } = await idempotent(
      this.database,
      companyScope(PLATFORM_COMPANY),
      request,
      async (tx) => {
        const [email] = await tx.query<EmailContent & { state: EmailState }>(
          `select state, template, params from messaging.email where company_id = $1 and email_id = $2`,
          [PLATFORM_COMPANY, emailId],
        );
        if (email?.template !== 'sign_in') throw new NotFound('sign-in e-mail');
        if (email.state !== 'held') {
          throw new Conflict('email.not_held', `This e-mail is ${email.state}: only a held one is revealed.`);
        }
        const now = this.clock.now();
        if (new Date(email.params.expiresAt) <= now) {
          throw new Conflict(
            'sign_in_link.expired',
            'The link has expired. Ask the partner to request a new one.',
          );
        }
        await tx.query(
          `insert into messaging.sign_in_reveal (company_id, reveal_id, email_id, operator_id, revealed_at)
           values ($1, $2, $3, $4, $5)`,
          [PLATFORM_COMPANY, newId('Reveal'), emailId, operator.operatorId, now],
        );
        return email.params;
      },
    );
    return { url: signInLink(this.secretBox, this.config.publicUrl, signInId), expiresAt };
  }
}
