import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SecretBox } from '#config';
import { Clock, Unauthenticated } from '#kernel';
import { Authenticator } from '../authenticator.js';
import { rememberAddress } from '../principal-of.js';
import type { Principal } from '../principal.js';
import { INTERNAL_TOKEN_HEADER, readInternalToken } from './internal-token.js';

/** How a service of the distributed shape knows its caller: by the gateway's signature, nothing else. */
@Injectable()
export class InternalTokenAuthenticator extends Authenticator {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async authenticate(request: FastifyRequest): Promise<Principal | null> {
    const token = request.headers[INTERNAL_TOKEN_HEADER];
    if (token === undefined) return null;
    try {
      const caller = await readInternalToken(this.secretBox, String(token), this.clock.now());
      rememberAddress(request, caller.address);
      return caller.principal;
    } catch {
      throw new Unauthenticated('This service takes requests through the gateway only.');
    }
  }
}
