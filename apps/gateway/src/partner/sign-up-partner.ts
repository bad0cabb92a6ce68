import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { Clock, newId } from '#kernel';
import { emailKeyOf } from './partner.js';
import { SendSignInLink } from './send-sign-in-link.js';

/**
 * A person opens a partner account and is sent a link to it. An address that has an account is sent a
 * link to that one, unchanged: the answer tells nobody which it was.
 */
@Injectable()
export class SignUpPartner {
  constructor(
    private readonly database: Database,
    private readonly sendSignInLink: SendSignInLink,
    private readonly clock: Clock,
  ) {}

  execute(name: string, email: string, request: IdempotentRequest): Promise<void> {
    const emailKey = emailKeyOf(email);
    return idempotent(this.database, companyScope(PLATFORM_COMPANY), request, async (tx) => {
      await tx.query(
        `insert into access.partner (partner_id, email, name, created_at) values ($1, $2, $3, $4)
         on conflict (email) do nothing`,
        [newId('Partner'), emailKey, name, this.clock.now()],
      );
      await this.sendSignInLink.execute(tx, emailKey);
    });
  }
}
