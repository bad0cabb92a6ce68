import { Injectable } from '@nestjs/common';
import type { Account } from '#http';
import { API_KEY_PREFIX } from '../api-key/api-key.js';
import { OPERATOR_TOKEN_PREFIX } from '../operator/operator-token.js';
import type { KnownCredential } from './credential-cache.js';
import { FindApiKey } from './find-api-key.js';
import { FindOperator } from './find-operator.js';
import { FindSession } from './find-session.js';

/** Finds what a bearer token is good for, by the kind that its prefix says. */
@Injectable()
export class FindCredential {
  constructor(
    private readonly apiKeys: FindApiKey,
    private readonly operators: FindOperator,
    private readonly sessions: FindSession,
  ) {}

  /**
   * @param account whom somebody who is signed in wants to act for
   * @returns null when it is unknown, over or revoked
   */
  execute(token: string, tokenHash: Buffer, account: Account | null): Promise<KnownCredential | null> {
    if (token.startsWith(API_KEY_PREFIX)) return this.apiKeys.execute(token, tokenHash);
    if (token.startsWith(OPERATOR_TOKEN_PREFIX)) return this.operators.execute(tokenHash);
    return this.sessions.execute(token, account);
  }
}
