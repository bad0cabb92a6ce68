import type { Transaction } from '#database';
import { type Account, type InvitationKey, type TeamRole } from '#http';
import { type Id, newId, publicId, Unauthenticated } from '#kernel';
import { knownPerson } from '../person/known-person.js';
import { logTeamChange } from './team-change.js';

/** An invitation that is being accepted. */
export interface TakenInvitation {
  readonly email: string;
  readonly role: TeamRole;
  readonly invited_by: string;
}

/**
 * Uses an invitation up.
 * @param tx in the scope of the account
 * @throws Unauthenticated when it is wrong, used, revoked or too old: all look the same
 */
export async function takeInvitation(
  tx: Transaction,
  { account, invitationId }: InvitationKey,
  now: Date,
): Promise<TakenInvitation> {
  const [taken] = await tx.query<TakenInvitation>(
    `update access.team_invitation set accepted_at = $3
      where account_id = $1 and invitation_id = $2
        and accepted_at is null and revoked_at is null and expires_at > $3
      returning email, role, invited_by`,
    [account.id, invitationId, now],
  );
  if (!taken) throw invitationRefused();
  return taken;
}

/**
 * Takes somebody whose address was proven into a team, and writes it down.
 * @param person as `knownPerson` takes it
 */
export async function joinTeam(
  tx: Transaction,
  account: Account,
  { email, role, invited_by }: TakenInvitation,
  person: { readonly email: string; readonly name: string },
  now: Date,
): Promise<Id<'Person'>> {
  const personId = await knownPerson(tx, person, now);
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
  const actor = `person:${publicId('Person', personId)}`;
  await logTeamChange(tx, account, { kind: 'joined', email, role, actor, at: now });
  return personId;
}

export const invitationRefused = () =>
  new Unauthenticated('This invitation is wrong, used, revoked or too old. Ask for a new one.');
