import { Injectable } from '@nestjs/common';
import { SecretBox } from '#config';
import { Database, PLATFORM_COMPANY, type Transaction } from '#database';
import { readSignInToken } from '#http';
import { Clock, type Id, newId, Unauthenticated } from '#kernel';
import { openPartner } from '../partner/open-partner.js';
import { knownPerson } from '../person/known-person.js';
import { openSession } from './open-session.js';
import { type SessionTokens, tokensOf } from './session.js';

interface SignInRow {
  readonly email: string;
  readonly partner_name: string | null;
  /** The issuer and its name of the account, when it vouched for the address. */
  readonly issuer: string | null;
  readonly subject: string | null;
}

/**
 * A person signs in by the token of a sign-in link, which is thereby used up. The link proves the address, so
 * only now does a sign-up become an account.
 */
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
    const partnerId = newId('Partner');
    const scope = { companies: [PLATFORM_COMPANY], partner: partnerId };
    const session = await this.database.transaction(scope, async (tx) => {
      const [signIn] = await tx.query<SignInRow>(
        `update access.sign_in set used_at = $2
          where sign_in_id = $1 and used_at is null and expires_at > $2
          returning email, partner_name, issuer, subject`,
        [signInId, now],
      );
      if (!signIn) throw linkRefused();
      const { email, partner_name: partnerName } = signIn;
      const personId = await knownPerson(tx, { email, name: partnerName ?? email }, now);
      if (partnerName !== null) await openPartner(tx, partnerId, { personId, email, name: partnerName }, now);
      await bindIdentity(tx, personId, signIn, now);
      return openSession(tx, personId, now);
    });
    return tokensOf(this.secretBox, session, now);
  }
}

/** Who signed up by an issuer is bound to that account at once, before the address can be somebody else's. */
async function bindIdentity(
  tx: Transaction,
  personId: Id<'Person'>,
  { issuer, subject }: SignInRow,
  now: Date,
): Promise<void> {
  if (issuer === null) return;
  await tx.query(
    `insert into access.identity (issuer, subject, person_id, bound_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [issuer, subject, personId, now],
  );
}

const linkRefused = () =>
  new Unauthenticated(
    'This sign-in link is wrong, used or too old. Ask for a new one: POST /v1/sign-in-links.',
  );
