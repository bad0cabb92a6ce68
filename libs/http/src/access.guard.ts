import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Forbidden, Unauthenticated } from '#kernel';
import { Authenticator } from './authenticator.js';
import { rememberPrincipal } from './principal-of.js';
import {
  type CompanyPrincipal,
  type CompanyScope,
  OPERATOR_ROLES,
  type OperatorRole,
  type Principal,
  TEAM_ROLES,
  type TeamRole,
} from './principal.js';

/** What a route asks of its caller. */
export type Requirement =
  | { readonly kind: 'company'; readonly scope: CompanyScope }
  | { readonly kind: 'operator'; readonly role: OperatorRole }
  | { readonly kind: 'partner'; readonly role: TeamRole | null }
  | { readonly kind: 'person' };

/** Where a route's decorator leaves it for the guard. */
export const REQUIREMENT = 'fairlead:access';

/** Authenticates the request, then checks the route's requirement; a route that has none has no guard either. */
@Injectable()
export class AccessGuard implements CanActivate {
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

const CALLERS = {
  company: 'a company, by an API key or a member of its team',
  operator: 'an operator',
  partner: 'a signed-in partner',
  person: 'somebody who is signed in',
} as const;

const isWeaker = <T>(roles: readonly T[], held: T, needed: T): boolean =>
  roles.indexOf(held) < roles.indexOf(needed);

function refuseUnlessMet(requirement: Requirement, principal: Principal, method: string): void {
  if (requirement.kind === 'person') {
    if (!('sessionId' in principal)) throw wrongCaller(requirement, principal);
  } else if (requirement.kind === 'company' && principal.kind === 'company') {
    if (!principal.scopes.includes(requirement.scope)) throw scopeMissing(requirement.scope, principal);
  } else if (requirement.kind === 'operator' && principal.kind === 'operator') {
    if (isWeaker(OPERATOR_ROLES, principal.role, requirement.role)) {
      throw new Forbidden('role_missing', `This needs the operator role "${requirement.role}".`);
    }
  } else if (requirement.kind === 'partner' && principal.kind === 'partner') {
    const needed = requirement.role ?? (method === 'GET' || method === 'HEAD' ? 'viewer' : 'member');
    if (isWeaker(TEAM_ROLES, principal.role, needed)) {
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
      `This route is for ${CALLERS[kind]}. Name the account you act for in the header Fairlead-Account; ` +
        'GET /v1/me lists yours.',
    );
  }
  const other = 'sessionId' in principal ? ' Name another of your accounts in Fairlead-Account.' : '';
  return new Forbidden(
    'wrong_caller',
    `This route is for ${CALLERS[kind]}; you called as ${CALLERS[principal.kind]}.${other}`,
  );
}

function scopeMissing(scope: CompanyScope, principal: CompanyPrincipal): Forbidden {
  return 'role' in principal
    ? new Forbidden('role_missing', `Your role "${principal.role}" does not give "${scope}". Ask an admin.`)
    : new Forbidden('scope_missing', `The API key lacks the scope "${scope}".`);
}
