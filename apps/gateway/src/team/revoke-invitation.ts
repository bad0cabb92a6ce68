import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { Account } from '#http';
import { Clock, type Id, NotFound } from '#kernel';
import { scopeOf } from './team.js';

/** The link of an invitation stops working. One that was accepted stays so. */
@Injectable()
export class RevokeInvitation {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async execute(account: Account, invitationId: Id<'TeamInvitation'>): Promise<void> {
    const revoked = await this.database.transaction(scopeOf(account), (tx) =>
      tx.query(
        `update access.team_invitation
            set revoked_at = case when accepted_at is null then coalesce(revoked_at, $3) end
          where account_id = $1 and invitation_id = $2 returning invitation_id`,
        [account.id, invitationId, this.clock.now()],
      ),
    );
    if (revoked.length === 0) throw new NotFound('invitation');
  }
}
