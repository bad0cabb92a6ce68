import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { Clock, type Id, NotFound } from '#kernel';
import { CredentialCache } from '../authentication/credential-cache.js';

/** A key stops working: here at once, in other processes within the cache's few seconds. */
@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly database: Database,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  async execute(companyId: Id<'Company'>, apiKeyId: Id<'ApiKey'>): Promise<void> {
    await this.database.transaction(companyScope(companyId), async (tx) => {
      const revoked = await tx.query(
        `update access.api_key set revoked_at = coalesce(revoked_at, $3)
          where company_id = $1 and api_key_id = $2 returning api_key_id`,
        [companyId, apiKeyId, this.clock.now()],
      );
      if (revoked.length === 0) throw new NotFound('API key');
      tx.afterCommit(() => this.cache.clear());
    });
  }
}
