import type { Id } from '#kernel';

/** The database role a unit of work runs as: grants on its own schema and on others' published views. */
export const DATABASE_ROLES = [
  'access',
  'tracking',
  'attribution',
  'commissions',
  'approvals',
  'messaging',
  'reconciliation',
  'bus',
] as const;
export type DatabaseRole = (typeof DATABASE_ROLES)[number];

/**
 * Whose rows a transaction may see. Row-level security enforces it whatever the SQL says: `companies`
 * bounds the tenant, `partnership` and `partner` bound a partner's own routes further.
 */
export interface Scope {
  readonly companies: readonly Id<'Company'>[];
  /** One partner's membership of one program. */
  readonly partnership?: Id<'Partnership'>;
  /** One partner account across programs; opens that partner's own memberships only. */
  readonly partner?: Id<'Partner'>;
  /** One signed-in person; opens that person's own memberships of teams only. */
  readonly person?: Id<'Person'>;
}

export const companyScope = (...companies: Id<'Company'>[]): Scope => ({ companies });

/** The tenant of rows that belong to no company (sign-in links, platform notices). */
export const PLATFORM_COMPANY = '00000000-0000-7000-8000-000000000000' as Id<'Company'>;

/** The transaction settings that the row-level security policies read. */
export function settingsOf(scope: Scope): Record<string, string> {
  return {
    'fairlead.companies': `{${scope.companies.join(',')}}`,
    'fairlead.partnership': scope.partnership ?? '',
    'fairlead.partner': scope.partner ?? '',
    ...(scope.person === undefined ? {} : { 'fairlead.person': scope.person }),
  };
}
