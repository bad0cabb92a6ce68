import { Injectable } from '@nestjs/common';
import { SecretBox } from '#config';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { readSignInToken } from '#http';
import { asId, Clock, newId, Unauthenticated } from '#kernel';
import { sessionEndsAt, type SessionTokens, tokensOf } from './session.js';

/** A partner signs in by the token of a sign-in link, which is thereby used up. */
@Injectable()
export class StartSession {
  constructor(
    private readonly database: Database,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @throws Unauthenticated when the link is wrong, used or older than 15 minutes: all look the same */
  async execute(token: string): Promise<SessionTokens> {
    const signInId = readSignInToken(this.secretBox, token);
    if (!signInId) throw linkRefused();
    const now = this.clock.now();
    const session = await this.database.transaction(companyScope(PLATFORM_COMPANY), async (tx) => {
      const [signIn] = await tx.query<{ partner_id: string }>(
        `update access.sign_in set used_at = $2
          where sign_in_id = $1 and used_at is null and expires_at > $2 returning partner_id`,
        [signInId, now],
      );
      if (!signIn) throw linkRefused();
      const started = {
        sessionId: newId('Session'),
        partnerId: asId('Partner', signIn.partner_id),
        generation: 1,
      };
      await tx.query(
        `insert into access.session
           (session_id, partner_id, generation, created_at, refreshed_at, expires_at)
         values ($1, $2, $3, $4, $4, $5)`,
        [started.sessionId, started.partnerId, started.generation, now, sessionEndsAt(now)],
      );
      return started;
    });
    return tokensOf(this.secretBox, session, now);
  }
}

const linkRefused = () =>
  new Unauthenticated(
    'This sign-in link is wrong, used or too old. Ask for a new one: POST /v1/partners/sign-in-links.',
  );
