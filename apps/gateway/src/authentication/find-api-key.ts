import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { asId, Clock } from '#kernel';
import { companyOfApiKey, knownScopes } from '../api-key/api-key.js';
import type { KnownCredential } from './credential-cache.js';

/** Finds a company's API key and notes, at most once a minute, that it was used. */
@Injectable()
export class FindApiKey {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async execute(token: string, tokenHash: Buffer): Promise<KnownCredential | null> {
    const companyId = companyOfApiKey(token);
    if (!companyId) return null;
    const [row] = await this.database.transaction(companyScope(companyId), (tx) =>
      tx.query<{ api_key_id: string; scopes: string[] }>(
        `with used as (
           update access.api_key set last_used_at = $3
            where company_id = $1 and secret_hash = $2 and revoked_at is null
              and (last_used_at is null or last_used_at < $3::timestamptz - interval '1 minute')
         )
         select api_key_id, scopes from access.api_key
          where company_id = $1 and secret_hash = $2 and revoked_at is null`,
        [companyId, tokenHash, this.clock.now()],
      ),
    );
    if (!row) return null;
    const apiKeyId = asId('ApiKey', row.api_key_id);
    return {
      principal: { kind: 'company', companyId, apiKeyId, scopes: knownScopes(row.scopes) },
      expiresAt: null,
    };
  }
}
