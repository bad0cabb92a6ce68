import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Account, Authenticator, FailureLimit, networkOf, parseAccount, type Principal } from '#http';
import { Clock, Unauthenticated } from '#kernel';
import { API_KEY_PREFIX } from '../api-key/api-key.js';
import { hashOf } from '../credential.js';
import { OPERATOR_TOKEN_PREFIX } from '../operator/operator-token.js';
import { CredentialCache, type KnownCredential } from './credential-cache.js';
import { FindCredential } from './find-credential.js';

const BEARER = /^Bearer +(\S+)$/i;

/**
 * Knows callers by `Authorization: Bearer` and an API key (`flk_…`), an operator token (`flo_…`) or the access
 * token (JWT) of somebody who is signed in; people who belong to several accounts name one in
 * `Fairlead-Account`. Tokens are compared by their hash or signature only.
 */
@Injectable()
export class CredentialAuthenticator extends Authenticator {
  constructor(
    private readonly cache: CredentialCache,
    private readonly findCredential: FindCredential,
    private readonly clock: Clock,
    private readonly failureLimit: FailureLimit,
  ) {
    super();
  }

  override async authenticate(request: FastifyRequest): Promise<Principal | null> {
    const { authorization } = request.headers;
    if (authorization === undefined) return null;
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw new Unauthenticated('Send the header "Authorization: Bearer <token>".');
    const account = accountNamed(request);
    const tokenHash = hashOf(token);
    const cacheKey = account ? hashOf(`${token} ${account.id}`) : tokenHash;
    const credential = this.cache.get(cacheKey) ?? (await this.#find(token, tokenHash, account, cacheKey));
    if (!credential || (credential.expiresAt && credential.expiresAt <= this.clock.now())) {
      await this.failureLimit.count(`credentials:${networkOf(request.ip)}`);
      throw new Unauthenticated(refusalOf(token));
    }
    return credential.principal;
  }

  async #find(
    token: string,
    tokenHash: Buffer,
    account: Account | null,
    cacheKey: Buffer,
  ): Promise<KnownCredential | null> {
    const credential = await this.findCredential.execute(token, tokenHash, account);
    if (credential) this.cache.set(cacheKey, credential);
    return credential;
  }
}

/** @throws InvalidInput `id.malformed` */
function accountNamed(request: FastifyRequest): Account | null {
  const named = request.headers['fairlead-account'];
  return named === undefined ? null : parseAccount(String(named), 'Fairlead-Account');
}

function refusalOf(token: string): string {
  if (token.startsWith(API_KEY_PREFIX)) return 'This API key is unknown or revoked. Ask an operator for one.';
  if (token.startsWith(OPERATOR_TOKEN_PREFIX)) return 'This operator token is unknown or revoked.';
  return 'This access token is wrong, expired or signed out. Get a new one at POST /v1/sessions/refresh.';
}
