import { type Id, publicId } from '#kernel';

/** What a company's API key may do; a key holds any subset, a member what the role gives. */
export const COMPANY_SCOPES = [
  'programs:read',
  'programs:write',
  'partners:read',
  'partners:write',
  'referrals:read',
  'referrals:write',
  'integrations:read',
  'integrations:write',
  'customers:write',
  'commissions:write',
  'reports:read',
  'payouts:write',
  'team:read',
  'team:write',
] as const;
export type CompanyScope = (typeof COMPANY_SCOPES)[number];

/** Operator roles, weakest first; a stronger role may do all a weaker one may. */
export const OPERATOR_ROLES = ['viewer', 'operator', 'admin'] as const;
export type OperatorRole = (typeof OPERATOR_ROLES)[number];

/** Roles in a company's or a partner's team, weakest first; a stronger role may do all a weaker one may. */
export const TEAM_ROLES = ['viewer', 'member', 'admin', 'owner'] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

/** Who a request speaks for, once authenticated. */
export type Principal = OperatorPrincipal | CompanyPrincipal | PartnerPrincipal | PersonPrincipal;

export interface OperatorPrincipal {
  readonly kind: 'operator';
  readonly operatorId: Id<'Operator'>;
  readonly role: OperatorRole;
}

/** A company, by an API key or by a member of its team. */
export type CompanyPrincipal = CompanyKeyPrincipal | CompanyMemberPrincipal;

export interface CompanyKeyPrincipal {
  readonly kind: 'company';
  readonly companyId: Id<'Company'>;
  readonly apiKeyId: Id<'ApiKey'>;
  readonly scopes: readonly CompanyScope[];
}

export interface CompanyMemberPrincipal {
  readonly kind: 'company';
  readonly companyId: Id<'Company'>;
  readonly memberId: Id<'Member'>;
  readonly role: TeamRole;
  readonly sessionId: Id<'Session'>;
  /** What the role gives. */
  readonly scopes: readonly CompanyScope[];
}

/** A partner account, by a member of its team. */
export interface PartnerPrincipal {
  readonly kind: 'partner';
  readonly partnerId: Id<'Partner'>;
  readonly memberId: Id<'Member'>;
  readonly role: TeamRole;
  readonly sessionId: Id<'Session'>;
}

/** Somebody who is signed in, and acts for no account or did not say for which of several. */
export interface PersonPrincipal {
  readonly kind: 'person';
  readonly personId: Id<'Person'>;
  readonly sessionId: Id<'Session'>;
}

/** Names the caller in audit rows, `actor` columns and idempotency keys: `company:key_…`, `company:mbr_…`. */
export function actorOf(principal: Principal): string {
  switch (principal.kind) {
    case 'operator':
      return `operator:${publicId('Operator', principal.operatorId)}`;
    case 'company':
      return 'apiKeyId' in principal
        ? `company:${publicId('ApiKey', principal.apiKeyId)}`
        : `company:${publicId('Member', principal.memberId)}`;
    case 'partner':
      return `partner:${publicId('Member', principal.memberId)}`;
    case 'person':
      return `person:${publicId('Person', principal.personId)}`;
  }
}
