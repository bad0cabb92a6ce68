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
