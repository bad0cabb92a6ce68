import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { SecretBox } from '#config';
import { Clock } from '#kernel';
import { readAccessToken } from '../session/session-tokens.js';
import type { KnownCredential } from './credential-cache.js';

/** Checks a partner's access token, and that its session was not signed out meanwhile. */
@Injectable()
export class FindPartnerSession {
  constructor(
    private readonly database: Database,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  async execute(token: string): Promise<KnownCredential | null> {
    const claims = await readAccessToken(this.secretBox, token, this.clock.now());
    if (!claims) return null;
    const { partnerId, sessionId, expiresAt } = claims;
    const alive = await this.database.transaction(companyScope(PLATFORM_COMPANY), (tx) =>
      tx.query(
        'select 1 from access.session where session_id = $1 and partner_id = $2 and ended_at is null',
        [sessionId, partnerId],
      ),
    );
    return alive.length > 0 ? { principal: { kind: 'partner', partnerId, sessionId }, expiresAt } : null;
  }
}
