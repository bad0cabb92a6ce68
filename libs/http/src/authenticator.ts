import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

/**
 * Turns a request's credentials into a principal. In a standalone process the gateway's credentials are
 * checked in place; a distributed service trusts only the gateway's signed internal token.
 */
export abstract class Authenticator {
  /** @returns null when no credentials were presented. @throws Unauthenticated when they are wrong. */
  abstract authenticate(request: FastifyRequest): Promise<Principal | null>;

  /** Where a request comes from that nobody has to sign in for; its limits count by it. */
  callerAddress(request: FastifyRequest): Promise<string> {
    return Promise.resolve(request.ip);
  }
}
