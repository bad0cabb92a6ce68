import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { emailKeyOf } from './partner.js';
import { SendSignInLink } from './send-sign-in-link.js';

/** A partner asks for a new sign-in link. */
@Injectable()
export class RequestSignInLink {
  constructor(
    private readonly database: Database,
    private readonly sendSignInLink: SendSignInLink,
  ) {}

  execute(email: string, request: IdempotentRequest): Promise<void> {
    return idempotent(this.database, companyScope(PLATFORM_COMPANY), request, (tx) =>
      this.sendSignInLink.execute(tx, emailKeyOf(email)),
    );
  }
}
