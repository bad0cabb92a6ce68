import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.js';

const principals = new WeakMap<FastifyRequest, Principal>();

/** Who the request speaks for, or null on a public route. */
export function principalOf(request: FastifyRequest): Principal | null {
  return principals.get(request) ?? null;
}

/** @internal called by the guard that authenticated the request */
export function rememberPrincipal(request: FastifyRequest, principal: Principal): void {
  principals.set(request, principal);
}

const addresses = new WeakMap<FastifyRequest, string>();

/** The caller's network address: behind the gateway, the one that the gateway saw and signed. */
export function addressOf(request: FastifyRequest): string {
  return addresses.get(request) ?? request.ip;
}

/** @internal called by the authenticator that read it */
export function rememberAddress(request: FastifyRequest, address: string): void {
  addresses.set(request, address);
}
