import { Injectable } from '@nestjs/common';
import { SecretBox } from '#config';
import { companyScope, Database, PLATFORM_COMPANY, type Transaction } from '#database';
import { asId, Clock, type Id, Unauthenticated } from '#kernel';
import { CredentialCache } from '../authentication/credential-cache.js';
import { sessionEndsAt, type SessionTokens, tokensOf } from './session.js';
import { readRefreshToken, type RefreshClaims } from './session-tokens.js';

/**
 * Exchanges a refresh token for the next pair. A token that comes twice was copied by somebody, so it ends
 * the session and all tokens it ever gave (RFC 9700, 4.14.2).
 */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly database: Database,
    private readonly secretBox: SecretBox,
    private readonly cache: CredentialCache,
    private readonly clock: Clock,
  ) {}

  /** @throws Unauthenticated */
  async execute(refreshToken: string): Promise<SessionTokens> {
    const claims = readRefreshToken(this.secretBox, refreshToken);
    if (!claims) throw refused();
    const now = this.clock.now();
    const personId = await this.database.transaction(companyScope(PLATFORM_COMPANY), async (tx) => {
      const rotated = await rotate(tx, claims, now);
      if (!rotated) await this.#endIfReused(tx, claims, now);
      return rotated;
    });
    if (!personId) throw refused();
    return tokensOf(this.secretBox, { ...claims, personId, generation: claims.generation + 1 }, now);
  }

  /** Commits, so it must not throw. */
  async #endIfReused(tx: Transaction, claims: RefreshClaims, now: Date): Promise<void> {
    await tx.query(
      `update access.session set ended_at = $3, end_reason = 'REFRESH_TOKEN_REUSED'
        where session_id = $1 and generation > $2 and ended_at is null`,
      [claims.sessionId, claims.generation, now],
    );
    tx.afterCommit(() => this.cache.clear());
  }
}

async function rotate(tx: Transaction, claims: RefreshClaims, now: Date): Promise<Id<'Person'> | null> {
  const [session] = await tx.query<{ person_id: string }>(
    `update access.session set generation = generation + 1, refreshed_at = $3, expires_at = $4
      where session_id = $1 and generation = $2 and ended_at is null and expires_at > $3
      returning person_id`,
    [claims.sessionId, claims.generation, now, sessionEndsAt(now)],
  );
  return session ? asId('Person', session.person_id) : null;
}

const refused = () => new Unauthenticated('This refresh token is wrong, used or signed out. Sign in again.');
