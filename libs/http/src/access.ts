import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Forbidden, Unauthenticated } from '#kernel';
import { Authenticator } from './authenticator.js';
import { principalOf, rememberPrincipal } from './principal-of.js';
import {
  type CompanyPrincipal,
  type CompanyScope,
  OPERATOR_ROLES,
  type OperatorPrincipal,
  type OperatorRole,
  type PartnerPrincipal,
  type Principal,
} from './principal.js';
import { PublicRateLimitGuard } from './rate-limit/public-rate-limit.guard.js';
import { RateLimitGuard } from './rate-limit/rate-limit.guard.js';

type Requirement =
  | { readonly kind: 'company'; readonly scope: CompanyScope }
  | { readonly kind: 'operator'; readonly role: OperatorRole }
  | { readonly kind: 'partner' };

const REQUIREMENT = 'fairlead:access';

/** Authenticates the request, then checks the route's requirement. Routes without one are public. */
@Injectable()
class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const requirement = this.reflector.getAllAndOverride<Requirement>(REQUIREMENT, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = await this.authenticator.authenticate(request);
    if (!principal) throw new Unauthenticated();
    refuseUnlessMet(requirement, principal);
    rememberPrincipal(request, principal);
    return true;
  }
}

const A = {
  company: "a company's API key",
  operator: 'an operator',
  partner: 'a signed-in partner',
} as const;

function refuseUnlessMet(requirement: Requirement, principal: Principal): void {
  if (principal.kind !== requirement.kind) {
    throw new Forbidden(
      'wrong_caller',
      `This route is for ${A[requirement.kind]}; you called as ${A[principal.kind]}.`,
    );
  }
  if (
    requirement.kind === 'company' &&
    principal.kind === 'company' &&
    !principal.scopes.includes(requirement.scope)
  ) {
    throw new Forbidden('scope_missing', `The API key lacks the scope "${requirement.scope}".`);
  }
  if (requirement.kind === 'operator' && principal.kind === 'operator') {
    const [needed, held] = [requirement.role, principal.role].map((role) => OPERATOR_ROLES.indexOf(role));
    if ((held ?? -1) < (needed ?? 0)) {
      throw new Forbidden('role_missing', `This needs the operator role "${requirement.role}".`);
    }
  }
}

/** The route or controller is for a company's API key with this scope. */
export const CompanyAccess = (scope: CompanyScope) =>
  applyDecorators(
    SetMetadata(REQUIREMENT, { kind: 'company', scope }),
    UseGuards(AccessGuard, RateLimitGuard),
    ApiSecurity('apiKey'),
  );

/** The route or controller is for operators of at least this role. */
export const OperatorAccess = (role: OperatorRole) =>
  applyDecorators(
    SetMetadata(REQUIREMENT, { kind: 'operator', role }),
    UseGuards(AccessGuard, RateLimitGuard),
    ApiSecurity('operatorToken'),
  );

/** The route or controller is for a signed-in partner. */
export const PartnerAccess = () =>
  applyDecorators(
    SetMetadata(REQUIREMENT, { kind: 'partner' }),
    UseGuards(AccessGuard, RateLimitGuard),
    ApiBearerAuth(),
  );

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

/** Injects the authenticated operator (use under `OperatorAccess`). */
export const Operator = createParamDecorator((_: unknown, context: ExecutionContext): OperatorPrincipal => {
  const caller = callerOf(context);
  if (caller.kind !== 'operator') throw new Error('the route is not for operators');
  return caller;
});
