import { Injectable } from '@nestjs/common';
import { SecretBox } from '#config';
import { companyScope, Database, PLATFORM_COMPANY, type Transaction } from '#database';
import { type InvitationKey, readTeamInvitationToken, signInToken } from '#http';
import { Clock, Forbidden, newId } from '#kernel';
import { CredentialCache } from '../authentication/credential-cache.js';
import { invitationRefused, joinTeam, takeInvitation } from '../team/join-team.js';
import { scopeOf } from '../team/team.js';
import { knownAddress } from './known-address.js';
import type { OidcFlow } from './oidc-flow.js';
import { type IssuerAccount, ReadIssuerAnswer } from './read-issuer-answer.js';

/** Long enough for a redirect. */
const TOKEN_VALID_MS = 120_000;

/** Somebody comes back from the issuer, whose word is as good as a mailed link. */
@Injectable()
export class FinishOidcSignIn {
  constructor(
    private readonly readIssuerAnswer: ReadIssuerAnswer,
    private readonly database: Database,
    private readonly secretBox: SecretBox,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /**
   * @param query of the address that the issuer sent the browser to
   * @returns a sign-in token, good once for `POST /v1/sessions`
   * @throws Unauthenticated, Forbidden `oidc.email_not_verified`, `oidc.other_account`, `oidc.other_address`,
   *   `oidc.nobody`, Unavailable `oidc.issuer_away`
   */
  async execute(query: string, flow: OidcFlow): Promise<string> {
    const account = await this.readIssuerAnswer.execute(query, flow);
    const invitation = this.#invitationOf(flow);
    const signInId = newId('SignIn');
    const now = this.clock.now();
    const scope = invitation ? scopeOf(invitation.account) : companyScope(PLATFORM_COMPANY);
    await this.database.transaction(scope, async (tx) => {
      const email = invitation
        ? await this.#join(tx, invitation, account, now)
        : await knownAddress(tx, account, now);
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

  #invitationOf({ invitation }: OidcFlow): InvitationKey | null {
    if (invitation === null) return null;
    const key = readTeamInvitationToken(this.secretBox, invitation);
    if (!key) throw invitationRefused();
    return key;
  }

  /** The team takes in whom the issuer vouches for under the invited address. @returns this one's address here */
  async #join(tx: Transaction, key: InvitationKey, account: IssuerAccount, now: Date): Promise<string> {
    const invitation = await takeInvitation(tx, key, now);
    const email = await knownAddress(tx, account, now);
    if (account.verifiedEmail !== invitation.email) throw otherAddress();
    await joinTeam(tx, key.account, invitation, { email, name: email }, now);
    tx.afterCommit(() => this.cache.clear());
    return email;
  }
}

const nobody = () =>
  new Forbidden(
    'oidc.nobody',
    'Nobody has this address here. Ask your team for an invitation and open its link, or sign up as a partner: ' +
      '/sign-in/oidc?partnerName=….',
  );

const otherAddress = () =>
  new Forbidden(
    'oidc.other_address',
    'The invitation was sent to another address than the one the issuer vouches for. Sign in there with the invited ' +
      'address, or ask for an invitation to yours. The invitation is still open.',
  );
