import { COMPANY_SCOPES, type CompanyScope } from '#http';
import { asId, type Id, parseId, publicId } from '#kernel';
import { newSecret } from '../credential.js';

/** A company's key as its owners may see it; the secret is not among it. */
export interface ApiKey {
  readonly companyId: Id<'Company'>;
  readonly apiKeyId: Id<'ApiKey'>;
  readonly name: string;
  readonly scopes: readonly CompanyScope[];
  /** As `actorOf` names callers: the keys that somebody made who has left can be found and revoked. */
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Exact to a minute or so. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export const API_KEY_PREFIX = 'flk_';

/** A fresh key. It names its company, so that it is looked up inside that tenant only. */
export function newApiKeyToken(companyId: Id<'Company'>): string {
  return `${API_KEY_PREFIX}${publicId('Company', companyId).slice('cmp_'.length)}.${newSecret()}`;
}

/** The company that a key claims to be of, or null when it cannot be a key. */
export function companyOfApiKey(token: string): Id<'Company'> | null {
  const [company = ''] = token.slice(API_KEY_PREFIX.length).split('.', 1);
  try {
    return parseId('Company', `cmp_${company}`);
  } catch {
    return null;
  }
}

/** A row of `access.api_key` as the driver gives it. */
export interface ApiKeyRow {
  readonly company_id: string;
  readonly api_key_id: string;
  readonly name: string;
  readonly scopes: string[];
  readonly created_by: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

export const API_KEY_COLUMNS =
  'company_id, api_key_id, name, scopes, created_by, created_at, last_used_at, revoked_at';

export function apiKeyOf(row: ApiKeyRow): ApiKey {
  return {
    companyId: asId('Company', row.company_id),
    apiKeyId: asId('ApiKey', row.api_key_id),
    name: row.name,
    scopes: knownScopes(row.scopes),
    createdBy: row.created_by,
    createdAt: new Date(row.created_at),
    lastUsedAt: row.last_used_at === null ? null : new Date(row.last_used_at),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
  };
}

/** A scope that this version does not know gives nothing. */
export function knownScopes(stored: readonly string[]): CompanyScope[] {
  return COMPANY_SCOPES.filter((scope) => stored.includes(scope));
}
