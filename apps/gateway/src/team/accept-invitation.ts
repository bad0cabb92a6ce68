import { Injectable } from '@nestjs/common';
import { AppConfig, SecretBox } from '#config';
import { Database } from '#database';
import { readTeamInvitationToken } from '#http';
import { Clock, Forbidden } from '#kernel';
import { CredentialCache } from '../authentication/credential-cache.js';
import { openSession } from '../session/open-session.js';
import { type SessionTokens, tokensOf } from '../session/session.js';
import { invitationRefused, joinTeam, takeInvitation } from './join-team.js';
import { scopeOf } from './team.js';

/** Somebody joins a team by the token of an invitation mail, which proves the address, and is signed in. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly config: AppConfig,
    private readonly database: Database,
    private readonly secretBox: SecretBox,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /**
   * @param name of somebody who signs in for the first time; nobody's name is changed by it
   * @throws Unauthenticated when the link is wrong, used, revoked or too old: all look the same; Forbidden
   *   `sign_in_links.off` where a mail does not sign in, so that an invitation is accepted at the issuer
   */
  async execute(token: string, name: string): Promise<SessionTokens> {
    const key = readTeamInvitationToken(this.secretBox, token);
    if (!key) throw invitationRefused();
    if (this.config.signInLinks === 'off') {
      throw new Forbidden(
        'sign_in_links.off',
        'No link of a mail signs in here. Accept the invitation by signing in with the address it was sent to, at ' +
          '/sign-in/oidc?invitation=<token>.',
      );
    }
    const now = this.clock.now();
    const session = await this.database.transaction(scopeOf(key.account), async (tx) => {
      const invitation = await takeInvitation(tx, key, now);
      const person = { email: invitation.email, name };
      const personId = await joinTeam(tx, key.account, invitation, person, now);
      tx.afterCommit(() => this.cache.clear());
      return openSession(tx, personId, now);
    });
    return tokensOf(this.secretBox, session, now);
  }
}
