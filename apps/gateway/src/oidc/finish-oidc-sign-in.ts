import { Injectable } from '@nestjs/common';
import { SecretBox } from '#config';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { signInToken } from '#http';
import { Clock, Forbidden, newId } from '#kernel';
import { knownAddress } from './known-address.js';
import type { OidcFlow } from './oidc-flow.js';
import { ReadIssuerAnswer } from './read-issuer-answer.js';

/** Long enough for a redirect. */
const TOKEN_VALID_MS = 120_000;

/** Somebody comes back from the issuer, whose word is as good as a mailed link. */
@Injectable()
export class FinishOidcSignIn {
  constructor(
    private readonly readIssuerAnswer: ReadIssuerAnswer,
    private readonly database: Database,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /**
   * @param query of the address that the issuer sent the browser to
   * @returns a sign-in token, good once for `POST /v1/sessions`
   * @throws Unauthenticated, Forbidden `oidc.email_not_verified`, `oidc.other_account`, `oidc.nobody`,
   *   Unavailable `oidc.issuer_away`
   */
  async execute(query: string, flow: OidcFlow): Promise<string> {
    const account = await this.readIssuerAnswer.execute(query, flow);
    const signInId = newId('SignIn');
    const now = this.clock.now();
    await this.database.transaction(companyScope(PLATFORM_COMPANY), async (tx) => {
      const email = await knownAddress(tx, account, now);
      const stored = await tx.query(
        `insert into access.sign_in (sign_in_id, email, partner_name, created_at, expires_at, issuer, subject)
         select $1::uuid, $2, $3, $4::timestamptz, $5::timestamptz, $6, $7
          where $3::text is not null or exists (select 1 from access.person where email = $2)
         returning sign_in_id`,
        [
          signInId,
          email,
          flow.partnerName,
          now,
          new Date(now.getTime() + TOKEN_VALID_MS),
          account.issuer,
          account.subject,
        ],
      );
      if (stored.length === 0) throw nobody();
    });
    return signInToken(this.secretBox, signInId);
  }
}

const nobody = () =>
  new Forbidden(
    'oidc.nobody',
    'Nobody has this address here. Ask your team for an invitation, or sign up as a partner: ' +
      '/sign-in/oidc?partnerName=….',
  );
