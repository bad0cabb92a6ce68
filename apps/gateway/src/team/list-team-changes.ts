import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { Account } from '#http';
import { scopeOf } from './team.js';
import { type TeamChange, teamChangeOf, type TeamChangeRow } from './team-change.js';

/** All that was done to a team, newest first. */
@Injectable()
export class ListTeamChanges {
  constructor(private readonly database: Database) {}

  /** One more than `limit`, so that the caller knows whether there is a next page. */
  async execute(account: Account, limit: number, after: string | null): Promise<TeamChange[]> {
    const rows = await this.database.transaction(scopeOf(account), (tx) =>
      tx.query<TeamChangeRow>(
        `select change_id, kind, email, role, actor, changed_at from access.team_change
          where account_id = $1 and ($2::uuid is null or change_id < $2)
          order by change_id desc limit $3`,
        [account.id, after, limit + 1],
      ),
    );
    return rows.map(teamChangeOf);
  }
}
