import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SecretBox } from '#config';
import { Clock, Unauthenticated } from '#kernel';
import { Authenticator } from '../authenticator.js';
import { rememberAddress } from '../principal-of.js';
import type { Principal } from '../principal.js';
import { type Caller, INTERNAL_TOKEN_HEADER, readInternalToken } from './internal-token.js';

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
    const caller = await this.#callerOf(request);
    if (caller === null) return null;
    rememberAddress(request, caller.address);
    return caller.principal;
  }

  /** Every request comes from the gateway's own address, which the callers of all the world would share. */
  override async callerAddress(request: FastifyRequest): Promise<string> {
    return (await this.#callerOf(request))?.address ?? request.ip;
  }

  async #callerOf(request: FastifyRequest): Promise<Caller | null> {
    const token = request.headers[INTERNAL_TOKEN_HEADER];
    if (token === undefined) return null;
    try {
      return await readInternalToken(this.secretBox, String(token), this.clock.now());
    } catch {
      throw new Unauthenticated('This service takes requests through the gateway only.');
    }
  }
}
