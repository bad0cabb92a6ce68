import { PLATFORM_COMPANY, type Scope } from '#database';
import {
  type Account,
  actorOf,
  COMPANY_SCOPES,
  type CompanyPrincipal,
  type CompanyScope,
  type OperatorPrincipal,
  type PartnerPrincipal,
  TEAM_ROLES,
  type TeamRole,
} from '#http';
import { asId, Forbidden, type Id } from '#kernel';

/** The weakest role of a company's team that a scope comes with: money, secrets and people are for admins. */
const WEAKEST_ROLE: Readonly<Record<CompanyScope, TeamRole>> = {
  'programs:read': 'viewer',
  'partners:read': 'viewer',
  'referrals:read': 'viewer',
  'integrations:read': 'viewer',
  'reports:read': 'viewer',
  'team:read': 'viewer',
  'programs:write': 'member',
  'partners:write': 'member',
  'referrals:write': 'member',
  'customers:write': 'member',
  'integrations:write': 'admin',
  'commissions:write': 'admin',
  'payouts:write': 'admin',
  'team:write': 'admin',
};

const isAtLeast = (role: TeamRole, weakest: TeamRole): boolean =>
  TEAM_ROLES.indexOf(role) >= TEAM_ROLES.indexOf(weakest);

/** What a role may do for a company. */
export const scopesOf = (role: TeamRole): CompanyScope[] =>
  COMPANY_SCOPES.filter((scope) => isAtLeast(role, WEAKEST_ROLE[scope]));

/** Somebody in a team, or who was. */
export interface TeamMember {
  readonly memberId: Id<'Member'>;
  readonly name: string;
  readonly email: string;
  readonly role: TeamRole;
  readonly joinedAt: Date;
  readonly removedAt: Date | null;
}

/** A row of `access.member` with its person, as the driver gives it. */
export interface MemberRow {
  readonly member_id: string;
  readonly name: string;
  readonly email: string;
  readonly role: TeamRole;
  readonly joined_at: string;
  readonly removed_at: string | null;
}

export function memberOf(row: MemberRow): TeamMember {
  return {
    memberId: asId('Member', row.member_id),
    name: row.name,
    email: row.email,
    role: row.role,
    joinedAt: new Date(row.joined_at),
    removedAt: row.removed_at === null ? null : new Date(row.removed_at),
  };
}

/** Opens the account's own rows, and those that belong to no tenant. */
export function scopeOf(account: Account): Scope {
  return account.kind === 'company'
    ? { companies: [account.id, PLATFORM_COMPANY] }
    : { companies: [PLATFORM_COMPANY], partner: account.id };
}

/** Who changes a team, and the strongest role this one may give or take away; null: none. */
export interface TeamActor {
  readonly name: string;
  readonly upTo: TeamRole | null;
}

/**
 * Only owners, and operators for a company that has none yet, make and unmake owners. An API key gives no role
 * that may do more than the key itself.
 */
export function teamActorOf(principal: OperatorPrincipal | CompanyPrincipal | PartnerPrincipal): TeamActor {
  return { name: actorOf(principal), upTo: strongestGiftOf(principal) };
}

function strongestGiftOf(
  principal: OperatorPrincipal | CompanyPrincipal | PartnerPrincipal,
): TeamRole | null {
  if (principal.kind === 'operator') return 'owner';
  if ('role' in principal) return principal.role === 'owner' ? 'owner' : 'admin';
  const fitting = (['viewer', 'member', 'admin'] as const).filter((role) =>
    scopesOf(role).every((scope) => principal.scopes.includes(scope)),
  );
  return fitting.at(-1) ?? null;
}

/** @throws Forbidden `team.role_above_own` */
export function refuseAbove({ upTo }: TeamActor, role: TeamRole): void {
  if (upTo !== null && isAtLeast(upTo, role)) return;
  throw new Forbidden(
    'team.role_above_own',
    `You may not give or take the role "${role}". Only owners make owners, and a key gives no role that may do ` +
      'more than the key.',
  );
}
