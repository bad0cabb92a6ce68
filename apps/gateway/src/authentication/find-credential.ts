import { Injectable } from '@nestjs/common';
import { API_KEY_PREFIX } from '../api-key/api-key.js';
import { OPERATOR_TOKEN_PREFIX } from '../operator/operator-token.js';
import type { KnownCredential } from './credential-cache.js';
import { FindApiKey } from './find-api-key.js';
import { FindOperator } from './find-operator.js';
import { FindPartnerSession } from './find-partner-session.js';

/** Finds what a bearer token is good for, by the kind that its prefix says. */
@Injectable()
export class FindCredential {
  constructor(
    private readonly apiKeys: FindApiKey,
    private readonly operators: FindOperator,
    private readonly partnerSessions: FindPartnerSession,
  ) {}

  /** @returns null when it is unknown, over or revoked */
  execute(token: string, tokenHash: Buffer): Promise<KnownCredential | null> {
    if (token.startsWith(API_KEY_PREFIX)) return this.apiKeys.execute(token, tokenHash);
    if (token.startsWith(OPERATOR_TOKEN_PREFIX)) return this.operators.execute(tokenHash);
    return this.partnerSessions.execute(token);
  }
}
