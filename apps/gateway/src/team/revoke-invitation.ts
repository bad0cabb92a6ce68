import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { Account, TeamRole } from '#http';
import { Clock, type Id, NotFound } from '#kernel';
import { refuseAbove, scopeOf, type TeamActor } from './team.js';
import { logTeamChange } from './team-change.js';

/** The link of an invitation stops working. One that was accepted stays so. */
@Injectable()
export class RevokeInvitation {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Forbidden `team.role_above_own` */
  async execute(actor: TeamActor, account: Account, invitationId: Id<'TeamInvitation'>): Promise<void> {
    const at = this.clock.now();
    await this.database.transaction(scopeOf(account), async (tx) => {
      const [found] = await tx.query<{ email: string; role: TeamRole; is_over: boolean }>(
        `select email, role, accepted_at is not null or revoked_at is not null as is_over
           from access.team_invitation where account_id = $1 and invitation_id = $2 for update`,
        [account.id, invitationId],
      );
      if (!found) throw new NotFound('invitation');
      if (found.is_over) return;
      refuseAbove(actor, found.role);
      await tx.query(
        'update access.team_invitation set revoked_at = $3 where account_id = $1 and invitation_id = $2',
        [account.id, invitationId, at],
      );
      const { email, role } = found;
      await logTeamChange(tx, account, { kind: 'revoked', email, role, actor: actor.name, at });
    });
  }
}
