import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { Account, TeamRole } from '#http';
import { Clock, type Id } from '#kernel';
import { CredentialCache } from '../authentication/credential-cache.js';
import { lockMember } from './lock-member.js';
import { refuseAbove, scopeOf, type TeamActor, type TeamMember } from './team.js';
import { logTeamChange } from './team-change.js';

/** A member gets another role: here at once, in other processes within the cache's few seconds. */
@Injectable()
export class ChangeMemberRole {
  constructor(
    private readonly database: Database,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Forbidden `team.role_above_own`, Conflict `team.last_owner` */
  execute(actor: TeamActor, account: Account, memberId: Id<'Member'>, role: TeamRole): Promise<TeamMember> {
    refuseAbove(actor, role);
    return this.database.transaction(scopeOf(account), async (tx) => {
      const member = await lockMember(tx, account, memberId, actor, role);
      await tx.query('update access.member set role = $3 where account_id = $1 and member_id = $2', [
        account.id,
        memberId,
        role,
      ]);
      const { email } = member;
      const at = this.clock.now();
      await logTeamChange(tx, account, { kind: 'role_changed', email, role, actor: actor.name, at });
      tx.afterCommit(() => this.cache.clear());
      return { ...member, role };
    });
  }
}
