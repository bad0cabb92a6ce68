import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { Account } from '#http';
import { memberOf, type MemberRow, scopeOf, type TeamMember } from './team.js';

/** An account's team, those removed too, newest first: an `actor` of the past still has a name. */
@Injectable()
export class ListMembers {
  constructor(private readonly database: Database) {}

  /** One more than `limit`, so that the caller knows whether there is a next page. */
  async execute(account: Account, limit: number, after: string | null): Promise<TeamMember[]> {
    const rows = await this.database.transaction(scopeOf(account), (tx) =>
      tx.query<MemberRow>(
        `select m.member_id, p.name, p.email, m.role, m.joined_at, m.removed_at
           from access.member m join access.person p on p.person_id = m.person_id
          where m.account_id = $1 and ($2::uuid is null or m.member_id < $2)
          order by m.member_id desc limit $3`,
        [account.id, after, limit + 1],
      ),
    );
    return rows.map(memberOf);
  }
}
