import type { Transaction } from '#database';
import type { Account, TeamRole } from '#http';
import { asId, Conflict, type Id, NotFound } from '#kernel';
import { memberOf, type MemberRow, refuseAbove, type TeamActor, type TeamMember } from './team.js';

/** A member whose role is about to change or end. */
export interface LockedMember extends TeamMember {
  readonly personId: Id<'Person'>;
}

/**
 * Locks a member, the team's owners first, so that of two owners who remove each other one stays.
 * @param next the role from now on; null: none
 * @throws NotFound, Forbidden `team.role_above_own`, Conflict `team.last_owner`
 */
export async function lockMember(
  tx: Transaction,
  account: Account,
  memberId: Id<'Member'>,
  actor: TeamActor,
  next: TeamRole | null,
): Promise<LockedMember> {
  const owners = await tx.query<{ member_id: string }>(
    `select member_id from access.member
      where account_id = $1 and role = 'owner' and removed_at is null order by member_id for update`,
    [account.id],
  );
  const [row] = await tx.query<MemberRow & { person_id: string }>(
    `select m.member_id, m.person_id, p.name, p.email, m.role, m.joined_at, m.removed_at
       from access.member m join access.person p on p.person_id = m.person_id
      where m.account_id = $1 and m.member_id = $2 and m.removed_at is null for update of m`,
    [account.id, memberId],
  );
  if (!row) throw new NotFound('member');
  refuseAbove(actor, row.role);
  if (next !== 'owner' && owners.length === 1 && owners[0]?.member_id === memberId) {
    throw new Conflict('team.last_owner', 'This is the last owner. Make somebody else an owner first.');
  }
  return { ...memberOf(row), personId: asId('Person', row.person_id) };
}
