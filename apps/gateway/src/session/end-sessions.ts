import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import type { PartnerPrincipal } from '#http';
import { Clock } from '#kernel';
import { CredentialCache } from '../authentication/credential-cache.js';

/** A partner signs out, here or everywhere: access tokens stop within seconds, refresh tokens at once. */
@Injectable()
export class EndSessions {
  constructor(
    private readonly database: Database,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  async execute(partner: PartnerPrincipal, which: 'current' | 'all'): Promise<void> {
    await this.database.transaction(companyScope(PLATFORM_COMPANY), async (tx) => {
      await tx.query(
        `update access.session set ended_at = $3, end_reason = 'SIGNED_OUT'
          where partner_id = $1 and ended_at is null and ($2::uuid is null or session_id = $2)`,
        [partner.partnerId, which === 'current' ? partner.sessionId : null, this.clock.now()],
      );
      tx.afterCommit(() => this.cache.clear());
    });
  }
}
