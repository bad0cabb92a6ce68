import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { Clock, type Id } from '#kernel';
import { CredentialCache } from '../authentication/credential-cache.js';

/** A person signs out, here or everywhere: access tokens stop within seconds, refresh tokens at once. */
@Injectable()
export class EndSessions {
  constructor(
    private readonly database: Database,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /** @param which `all`: of the person whose session this is */
  async execute(sessionId: Id<'Session'>, which: 'current' | 'all'): Promise<void> {
    await this.database.transaction(companyScope(PLATFORM_COMPANY), async (tx) => {
      await tx.query(
        `update access.session set ended_at = $3, end_reason = 'SIGNED_OUT'
          where person_id = (select person_id from access.session where session_id = $1)
            and ended_at is null and ($2::uuid is null or session_id = $2)`,
        [sessionId, which === 'current' ? sessionId : null, this.clock.now()],
      );
      tx.afterCommit(() => this.cache.clear());
    });
  }
}
