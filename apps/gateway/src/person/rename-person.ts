import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import type { Id } from '#kernel';

/** Whoever is signed in changes the own name; teams see it, partner accounts keep theirs. */
@Injectable()
export class RenamePerson {
  constructor(private readonly database: Database) {}

  async execute(sessionId: Id<'Session'>, name: string): Promise<void> {
    await this.database.transaction(companyScope(PLATFORM_COMPANY), (tx) =>
      tx.query(
        `update access.person set name = $2
          where person_id = (select person_id from access.session where session_id = $1)`,
        [sessionId, name],
      ),
    );
  }
}
