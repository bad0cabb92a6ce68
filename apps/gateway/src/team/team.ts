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

const READ = COMPANY_SCOPES.filter((scope) => scope.endsWith(':read'));

/** What a role may do for a company. A viewer reads; a member runs programs; an admin does all. */
export const SCOPES_OF_ROLE: Readonly<Record<TeamRole, readonly CompanyScope[]>> = {
  viewer: READ,
  member: [...READ, 'programs:write', 'partners:write', 'referrals:write'],
  admin: COMPANY_SCOPES,
  owner: COMPANY_SCOPES,
};

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

/** Who changes a team, and the strongest role this one may give or take away. */
export interface TeamActor {
  readonly name: string;
  readonly upTo: TeamRole;
}

/** Only owners, and operators for a company that has none yet, make and unmake owners. */
export function teamActorOf(principal: OperatorPrincipal | CompanyPrincipal | PartnerPrincipal): TeamActor {
  const isAboveOwners = principal.kind === 'operator' || ('role' in principal && principal.role === 'owner');
  return { name: actorOf(principal), upTo: isAboveOwners ? 'owner' : 'admin' };
}

/** @throws Forbidden `team.role_above_own` */
export function refuseAbove(actor: TeamActor, role: TeamRole): void {
  if (TEAM_ROLES.indexOf(role) <= TEAM_ROLES.indexOf(actor.upTo)) return;
  throw new Forbidden('team.role_above_own', `Only an owner may give or take the role "${role}".`);
}
