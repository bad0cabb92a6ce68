import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Id } from '#kernel';
import { AccessGuard, REQUIREMENT, type Requirement } from './access.guard.js';
import { principalOf } from './principal-of.js';
import type {
  CompanyPrincipal,
  CompanyScope,
  OperatorPrincipal,
  OperatorRole,
  PartnerPrincipal,
  Principal,
  TeamRole,
} from './principal.js';
import { PublicRateLimitGuard } from './rate-limit/public-rate-limit.guard.js';
import { RateLimitGuard } from './rate-limit/rate-limit.guard.js';

/** The route or controller is for a company: an API key with this scope, or a member whose role gives it. */
export const CompanyAccess = (scope: CompanyScope) =>
  applyDecorators(requires({ kind: 'company', scope }), ApiSecurity('apiKey'), ApiBearerAuth());

/** The route or controller is for operators of at least this role. */
export const OperatorAccess = (role: OperatorRole) =>
  applyDecorators(requires({ kind: 'operator', role }), ApiSecurity('operatorToken'));

/**
 * The route or controller is for a signed-in partner.
 * @param role the member's in the partner's team, at least; by default viewers read and members change
 */
export const PartnerAccess = (role?: TeamRole) =>
  applyDecorators(requires({ kind: 'partner', role: role ?? null }), ApiBearerAuth());

/** The route or controller is for anybody who is signed in, whatever account they act for. */
export const SignedIn = () => applyDecorators(requires({ kind: 'person' }), ApiBearerAuth());

const requires = (requirement: Requirement) =>
  applyDecorators(SetMetadata(REQUIREMENT, requirement), UseGuards(AccessGuard, RateLimitGuard));

/** The route needs no credentials; requests are limited per network address. */
export const PublicAccess = () => UseGuards(PublicRateLimitGuard);

function callerOf(context: ExecutionContext): Principal {
  const principal = principalOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!principal) throw new Error('the route has no access decorator');
  return principal;
}

/** Injects the authenticated company (use under `CompanyAccess`). */
export const Company = createParamDecorator((_: unknown, context: ExecutionContext): CompanyPrincipal => {
  const caller = callerOf(context);
  if (caller.kind !== 'company') throw new Error('the route is not for companies');
  return caller;
});

export function partnerOf(context: ExecutionContext): PartnerPrincipal {
  const caller = callerOf(context);
  if (caller.kind !== 'partner') throw new Error('the route is not for partners');
  return caller;
}

/** Injects the authenticated partner (use under `PartnerAccess`). */
export const Partner = createParamDecorator((_: unknown, context: ExecutionContext): PartnerPrincipal =>
  partnerOf(context),
);

/** Injects the id of the caller's session (use under `SignedIn` or `PartnerAccess`). */
export const Session = createParamDecorator((_: unknown, context: ExecutionContext): Id<'Session'> => {
  const caller = callerOf(context);
  if (!('sessionId' in caller)) throw new Error('the route is not for people');
  return caller.sessionId;
});

/** Injects the authenticated operator (use under `OperatorAccess`). */
export const Operator = createParamDecorator((_: unknown, context: ExecutionContext): OperatorPrincipal => {
  const caller = callerOf(context);
  if (caller.kind !== 'operator') throw new Error('the route is not for operators');
  return caller;
});
