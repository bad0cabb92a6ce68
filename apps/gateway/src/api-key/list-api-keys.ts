import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import type { Id } from '#kernel';
import { API_KEY_COLUMNS, type ApiKey, apiKeyOf, type ApiKeyRow } from './api-key.js';

/** A company's keys, revoked ones too, newest first. */
@Injectable()
export class ListApiKeys {
  constructor(private readonly database: Database) {}

  /** One more than `limit`, so that the caller knows whether there is a next page. */
  async execute(companyId: Id<'Company'>, limit: number, after: string | null): Promise<ApiKey[]> {
    const rows = await this.database.transaction(companyScope(companyId), (tx) =>
      tx.query<ApiKeyRow>(
        `select ${API_KEY_COLUMNS} from access.api_key
          where company_id = $1 and ($2::uuid is null or api_key_id < $2)
          order by api_key_id desc limit $3`,
        [companyId, after, limit + 1],
      ),
    );
    return rows.map(apiKeyOf);
  }
}
