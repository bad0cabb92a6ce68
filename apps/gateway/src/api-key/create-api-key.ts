import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import {
  actorOf,
  type CompanyPrincipal,
  type CompanyScope,
  idempotent,
  type IdempotentRequest,
  type OperatorPrincipal,
} from '#http';
import { Clock, Forbidden, type Id, newId, NotFound } from '#kernel';
import { hashOf } from '../credential.js';
import { type ApiKey, newApiKeyToken } from './api-key.js';

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly CompanyScope[];
}

export interface CreatedApiKey {
  readonly key: ApiKey;
  /** Shown this once. Null when a repeated request gets the first answer: it is kept nowhere. */
  readonly token: string | null;
}

/** A company gets a key, from an operator or an own admin. Only the key's hash is stored. */
@Injectable()
export class CreateApiKey {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Forbidden `api_key.scope_above_own` */
  async execute(
    creator: OperatorPrincipal | CompanyPrincipal,
    companyId: Id<'Company'>,
    wanted: NewApiKey,
    request: IdempotentRequest,
  ): Promise<CreatedApiKey> {
    refuseAboveOwn(creator, wanted.scopes);
    const token = newApiKeyToken(companyId);
    const draft: ApiKey = {
      companyId,
      apiKeyId: newId('ApiKey'),
      name: wanted.name,
      scopes: wanted.scopes,
      createdBy: actorOf(creator),
      createdAt: this.clock.now(),
      lastUsedAt: null,
      revokedAt: null,
    };
    const key = await idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const stored = await tx.query(
        `insert into access.api_key (company_id, api_key_id, name, secret_hash, scopes, created_by, created_at)
         select company_id, $2, $3, $4, $5::text[], $6, $7 from access.company where company_id = $1
         returning api_key_id`,
        [
          companyId,
          draft.apiKeyId,
          draft.name,
          hashOf(token),
          draft.scopes,
          draft.createdBy,
          draft.createdAt,
        ],
      );
      if (stored.length === 0) throw new NotFound('company');
      return draft;
    });
    return { key, token: key.apiKeyId === draft.apiKeyId ? token : null };
  }
}

/** A key can do no more than whoever made it. */
function refuseAboveOwn(
  creator: OperatorPrincipal | CompanyPrincipal,
  scopes: readonly CompanyScope[],
): void {
  if (creator.kind === 'operator') return;
  const missing = scopes.filter((scope) => !creator.scopes.includes(scope));
  if (missing.length === 0) return;
  throw new Forbidden(
    'api_key.scope_above_own',
    `You may not give what you may not do: ${missing.join(', ')}.`,
  );
}
