import { type Id, publicId } from '#kernel';

/** What a company's API key may do; a key holds any subset. */
export const COMPANY_SCOPES = [
  'programs:read',
  'programs:write',
  'partners:read',
  'partners:write',
  'integrations:read',
  'integrations:write',
  'commissions:write',
  'reports:read',
  'payouts:write',
] as const;
export type CompanyScope = (typeof COMPANY_SCOPES)[number];

/** Operator roles, weakest first; a stronger role may do all a weaker one may. */
export const OPERATOR_ROLES = ['viewer', 'operator', 'admin'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** Who a request speaks for, once authenticated. */
export type Principal = OperatorPrincipal | CompanyPrincipal | PartnerPrincipal;

export interface OperatorPrincipal {
  readonly kind: 'operator';
  readonly operatorId: Id<'Operator'>;
  readonly role: OperatorRole;
}

export interface CompanyPrincipal {
  readonly kind: 'company';
  readonly companyId: Id<'Company'>;
  readonly apiKeyId: Id<'ApiKey'>;
  readonly scopes: readonly CompanyScope[];
}

export interface PartnerPrincipal {
  readonly kind: 'partner';
  readonly partnerId: Id<'Partner'>;
  readonly sessionId: Id<'Session'>;
}

/** Names the caller in audit rows, `actor` columns and idempotency keys: `company:key_…`. */
export function actorOf(principal: Principal): string {
  switch (principal.kind) {
    case 'operator':
      return `operator:${publicId('Operator', principal.operatorId)}`;
    case 'company':
      return `company:${publicId('ApiKey', principal.apiKeyId)}`;
    case 'partner':
      return `partner:${publicId('Partner', principal.partnerId)}`;
  }
}
