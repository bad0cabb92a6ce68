import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { Account } from '#http';
import { INVITATION_COLUMNS, invitationOf, type InvitationRow, type TeamInvitation } from './invitation.js';
import { scopeOf } from './team.js';

/** Invitations to a team, answered and revoked ones too, newest first. */
@Injectable()
export class ListInvitations {
  constructor(private readonly database: Database) {}

  /** One more than `limit`, so that the caller knows whether there is a next page. */
  async execute(account: Account, limit: number, after: string | null): Promise<TeamInvitation[]> {
    const rows = await this.database.transaction(scopeOf(account), (tx) =>
      tx.query<InvitationRow>(
        `select ${INVITATION_COLUMNS} from access.team_invitation
          where account_id = $1 and ($2::uuid is null or invitation_id < $2)
          order by invitation_id desc limit $3`,
        [account.id, after, limit + 1],
      ),
    );
    return rows.map(invitationOf);
  }
}
