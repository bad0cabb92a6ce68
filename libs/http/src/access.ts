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
import { Forbidden, type Id, Unauthenticated } from '#kernel';
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
  TEAM_ROLES,
  type TeamRole,
} from './principal.js';
import { PublicRateLimitGuard } from './rate-limit/public-rate-limit.guard.js';
import { RateLimitGuard } from './rate-limit/rate-limit.guard.js';

type Requirement =
  | { readonly kind: 'company'; readonly scope: CompanyScope }
  | { readonly kind: 'operator'; readonly role: OperatorRole }
  | { readonly kind: 'partner'; readonly role: TeamRole | null }
  | { readonly kind: 'person' };

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
    refuseUnlessMet(requirement, principal, request.method);
    rememberPrincipal(request, principal);
    return true;
  }
}

const A = {
  company: 'a company, by an API key or a member of its team',
  operator: 'an operator',
  partner: 'a signed-in partner',
  person: 'somebody who is signed in',
} as const;

const weakerThan = <T>(roles: readonly T[], held: T, needed: T): boolean =>
  roles.indexOf(held) < roles.indexOf(needed);

function refuseUnlessMet(requirement: Requirement, principal: Principal, method: string): void {
  if (requirement.kind === 'person') {
    if (!('sessionId' in principal)) throw wrongCaller(requirement, principal);
  } else if (requirement.kind === 'company' && principal.kind === 'company') {
    if (!principal.scopes.includes(requirement.scope)) throw scopeMissing(requirement.scope, principal);
  } else if (requirement.kind === 'operator' && principal.kind === 'operator') {
    if (weakerThan(OPERATOR_ROLES, principal.role, requirement.role)) {
      throw new Forbidden('role_missing', `This needs the operator role "${requirement.role}".`);
    }
  } else if (requirement.kind === 'partner' && principal.kind === 'partner') {
    const needed = requirement.role ?? (method === 'GET' || method === 'HEAD' ? 'viewer' : 'member');
    if (weakerThan(TEAM_ROLES, principal.role, needed)) {
      throw new Forbidden('role_missing', `This needs the role "${needed}" in the partner's team.`);
    }
  } else {
    throw wrongCaller(requirement, principal);
  }
}

function wrongCaller({ kind }: Requirement, principal: Principal): Forbidden {
  if (principal.kind === 'person') {
    return new Forbidden(
      'account_missing',
      `This route is for ${A[kind]}. Name the account you act for in the header Fairlead-Account; ` +
        'GET /v1/me lists yours.',
    );
  }
  const other = 'sessionId' in principal ? ' Name another of your accounts in Fairlead-Account.' : '';
  return new Forbidden(
    'wrong_caller',
    `This route is for ${A[kind]}; you called as ${A[principal.kind]}.${other}`,
  );
}

function scopeMissing(scope: CompanyScope, principal: CompanyPrincipal): Forbidden {
  return 'role' in principal
    ? new Forbidden('role_missing', `Your role "${principal.role}" does not give "${scope}". Ask an admin.`)
    : new Forbidden('scope_missing', `The API key lacks the scope "${scope}".`);
}

/** The route or controller is for a company: an API key with this scope, or a member whose role gives it. */
export const CompanyAccess = (scope: CompanyScope) =>
  applyDecorators(
    SetMetadata(REQUIREMENT, { kind: 'company', scope }),
    UseGuards(AccessGuard, RateLimitGuard),
    ApiSecurity('apiKey'),
    ApiBearerAuth(),
  );

/** The route or controller is for operators of at least this role. */
export const OperatorAccess = (role: OperatorRole) =>
  applyDecorators(
    SetMetadata(REQUIREMENT, { kind: 'operator', role }),
    UseGuards(AccessGuard, RateLimitGuard),
    ApiSecurity('operatorToken'),
  );

/**
 * The route or controller is for a signed-in partner.
 * @param role the member's in the partner's team, at least; by default viewers read and members change
 */
export const PartnerAccess = (role?: TeamRole) =>
  applyDecorators(
    SetMetadata(REQUIREMENT, { kind: 'partner', role: role ?? null }),
    UseGuards(AccessGuard, RateLimitGuard),
    ApiBearerAuth(),
  );

/** The route or controller is for anybody who is signed in, whatever account they act for. */
export const SignedIn = () =>
  applyDecorators(
    SetMetadata(REQUIREMENT, { kind: 'person' }),
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
