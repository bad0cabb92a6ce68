import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { Forbidden } from '#kernel';
import { emailKeyOf } from '../person/person.js';
import { SendSignInLink } from './send-sign-in-link.js';

/** Somebody asks for a sign-in link, or signs up as a partner by one. */
@Injectable()
export class RequestSignInLink {
  constructor(
    private readonly config: AppConfig,
    private readonly database: Database,
    private readonly sendSignInLink: SendSignInLink,
  ) {}

  /**
   * @param partnerName of the account to open when the link is used; null: none, and only known people get a link
   * @throws Forbidden `sign_in_links.off`
   */
  async execute(email: string, partnerName: string | null, request: IdempotentRequest): Promise<void> {
    if (this.config.signInLinks === 'off') {
      throw new Forbidden('sign_in_links.off', 'No links are mailed here. Sign in at /sign-in/oidc.');
    }
    await idempotent(this.database, companyScope(PLATFORM_COMPANY), request, (tx) =>
      this.sendSignInLink.execute(tx, emailKeyOf(email), partnerName),
    );
  }
}
