import { Injectable } from '@nestjs/common';
import { SecretBox } from '#config';
import { Database, type Transaction } from '#database';
import { type Account, type InvitationKey, readTeamInvitationToken, type TeamRole } from '#http';
import { Clock, type Id, newId, publicId, Unauthenticated } from '#kernel';
import { CredentialCache } from '../authentication/credential-cache.js';
import { knownPerson } from '../person/known-person.js';
import { openSession } from '../session/open-session.js';
import { type SessionTokens, tokensOf } from '../session/session.js';
import { scopeOf } from './team.js';
import { logTeamChange } from './team-change.js';

interface Accepted {
  readonly email: string;
  readonly role: TeamRole;
  readonly invited_by: string;
}

/** Somebody joins a team by the token of an invitation mail, which proves the address, and is signed in. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly database: Database,
    private readonly secretBox: SecretBox,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /**
   * @param name of somebody who signs in for the first time; nobody's name is changed by it
   * @throws Unauthenticated when the link is wrong, used, revoked or too old: all look the same
   */
  async execute(token: string, name: string): Promise<SessionTokens> {
    const key = readTeamInvitationToken(this.secretBox, token);
    if (!key) throw refused();
    const now = this.clock.now();
    const session = await this.database.transaction(scopeOf(key.account), async (tx) => {
      const accepted = await use(tx, key, now);
      const personId = await knownPerson(tx, { email: accepted.email, name }, now);
      await join(tx, key.account, personId, accepted, now);
      const { email, role } = accepted;
      const actor = `person:${publicId('Person', personId)}`;
      await logTeamChange(tx, key.account, { kind: 'joined', email, role, actor, at: now });
      tx.afterCommit(() => this.cache.clear());
      return openSession(tx, personId, now);
    });
    return tokensOf(this.secretBox, session, now);
  }
}

async function use(tx: Transaction, { account, invitationId }: InvitationKey, now: Date): Promise<Accepted> {
  const [accepted] = await tx.query<Accepted>(
    `update access.team_invitation set accepted_at = $3
      where account_id = $1 and invitation_id = $2
        and accepted_at is null and revoked_at is null and expires_at > $3
      returning email, role, invited_by`,
    [account.id, invitationId, now],
  );
  if (!accepted) throw refused();
  return accepted;
}

async function join(
  tx: Transaction,
  account: Account,
  personId: Id<'Person'>,
  { role, invited_by }: Accepted,
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into access.member (company_id, partner_id, member_id, person_id, role, invited_by, joined_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (person_id, account_id) where removed_at is null do nothing`,
    [
      account.kind === 'company' ? account.id : null,
      account.kind === 'partner' ? account.id : null,
      newId('Member'),
      personId,
      role,
      invited_by,
      now,
    ],
  );
}

const refused = () =>
  new Unauthenticated('This invitation is wrong, used, revoked or too old. Ask for a new one.');
