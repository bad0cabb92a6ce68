import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#database';
import type { Account } from '#http';
import { Clock, type Id } from '#kernel';
import { CredentialCache } from '../authentication/credential-cache.js';
import { type LockedMember, lockMember } from './lock-member.js';
import { scopeOf, type TeamActor } from './team.js';
import { logTeamChange } from './team-change.js';

/** A member leaves or is removed; what the member did keeps its name. */
@Injectable()
export class RemoveMember {
  constructor(
    private readonly database: Database,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Forbidden `team.role_above_own`, Conflict `team.last_owner` */
  async execute(actor: TeamActor, account: Account, memberId: Id<'Member'>): Promise<void> {
    const at = this.clock.now();
    await this.database.transaction(scopeOf(account), async (tx) => {
      const member = await lockMember(tx, account, memberId, actor, null);
      await tx.query(
        `update access.member set removed_at = $3, removed_by = $4 where account_id = $1 and member_id = $2`,
        [account.id, memberId, at, actor.name],
      );
      const { email, role } = member;
      await logTeamChange(tx, account, { kind: 'removed', email, role, actor: actor.name, at });
      if (account.kind === 'partner') await handOver(tx, account.id, member);
      tx.afterCommit(() => this.cache.clear());
    });
  }
}

/**
 * The notices of a founder who leaves go to the owner who has been there longest; the founder may open another
 * account.
 */
async function handOver(tx: Transaction, partnerId: Id<'Partner'>, gone: LockedMember): Promise<void> {
  await tx.query(
    `update access.partner set founder_id = nullif(founder_id, $3), email = case when email <> $2 then email else (
        select p.email from access.member m join access.person p on p.person_id = m.person_id
         where m.account_id = $1 and m.role = 'owner' and m.removed_at is null
         order by m.joined_at, m.member_id limit 1) end
      where partner_id = $1`,
    [partnerId, gone.email, gone.personId],
  );
}
