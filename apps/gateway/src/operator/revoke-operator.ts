import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { Clock, Conflict, type Id, NotFound } from '#kernel';
import { CredentialCache } from '../authentication/credential-cache.js';

/** An operator's token stops working: here at once, in other processes within the cache's few seconds. */
@Injectable()
export class RevokeOperator {
  constructor(
    private readonly database: Database,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `operator.last_admin`: somebody must be left who can add operators */
  async execute(operatorId: Id<'Operator'>): Promise<void> {
    await this.database.transaction(companyScope(PLATFORM_COMPANY), async (tx) => {
      const admins = await tx.query<{ operator_id: string }>(
        `select operator_id from access.operator where role = 'admin' and revoked_at is null
          order by operator_id for update`,
      );
      if (admins.length === 1 && admins[0]?.operator_id === operatorId) {
        throw new Conflict('operator.last_admin', 'This is the last administrator. Add another one first.');
      }
      const revoked = await tx.query(
        `update access.operator set revoked_at = coalesce(revoked_at, $2)
          where operator_id = $1 returning operator_id`,
        [operatorId, this.clock.now()],
      );
      if (revoked.length === 0) throw new NotFound('operator');
      tx.afterCommit(() => this.cache.clear());
    });
  }
}
