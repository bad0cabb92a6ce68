import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { Clock, newId } from '#kernel';
import { hashOf } from '../credential.js';
import { newOperatorToken } from './operator-token.js';

/** Makes sure that somebody can administer a new installation. */
@Injectable()
export class EnsureOperatorToken {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the token of a first administrator, to be shown to a person once and kept nowhere; null when
   *   there is an administrator already. Replicas that start together make one between them.
   */
  execute(): Promise<string | null> {
    const token = newOperatorToken();
    return this.database.transaction(companyScope(PLATFORM_COMPANY), async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('access.first_operator'))`);
      const made = await tx.query(
        `insert into access.operator (operator_id, name, role, secret_hash, created_at)
         select $1, 'First administrator', 'admin', $2, $3
          where not exists (select 1 from access.operator where role = 'admin' and revoked_at is null)
         returning operator_id`,
        [newId('Operator'), hashOf(token), this.clock.now()],
      );
      return made.length > 0 ? token : null;
    });
  }
}
