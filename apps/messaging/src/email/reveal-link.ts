import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { idempotent, type IdempotentRequest, type OperatorPrincipal } from '#http';
import { Clock, Conflict, type Id, newId, NotFound } from '#kernel';
import type { EmailContent, EmailState, LinkContent } from './email.js';
import { MailLinks } from './mail-links.js';

export interface RevealedLink {
  readonly url: string;
  readonly expiresAt: string;
}

/** An operator reads a link that no mail server could carry, so that nobody is locked out. Audited. */
@Injectable()
export class RevealLink {
  constructor(
    private readonly database: Database,
    private readonly links: MailLinks,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `email.not_held`, `link.expired` */
  async execute(
    operator: OperatorPrincipal,
    emailId: Id<'Email'>,
    request: IdempotentRequest,
  ): Promise<RevealedLink> {
    // The answer that is kept for a repeated request must hold no secret, so the link is made after it.
    const content = await idempotent(
      this.database,
      companyScope(PLATFORM_COMPANY),
      request,
      async (tx): Promise<LinkContent> => {
        const [email] = await tx.query<EmailContent & { state: EmailState }>(
          `select state, template, params from messaging.email where company_id = $1 and email_id = $2`,
          [PLATFORM_COMPANY, emailId],
        );
        if (!email || email.template === 'notice') throw new NotFound('e-mail with a link');
        if (email.state !== 'held') {
          throw new Conflict('email.not_held', `This e-mail is ${email.state}: only a held one is revealed.`);
        }
        const now = this.clock.now();
        if (new Date(email.params.expiresAt) <= now) {
          throw new Conflict('link.expired', 'The link has expired. Have a new one sent.');
        }
        await tx.query(
          `insert into messaging.sign_in_reveal (company_id, reveal_id, email_id, operator_id, revealed_at)
           values ($1, $2, $3, $4, $5)`,
          [PLATFORM_COMPANY, newId('Reveal'), emailId, operator.operatorId, now],
        );
        return email;
      },
    );
    return { url: this.links.linkOf(content), expiresAt: content.params.expiresAt };
  }
}
