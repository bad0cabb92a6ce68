import type { DatabaseRole } from './scope.js';

/** How row-level security bounds a table or lets more through. */
export interface TenantTableOptions {
  /** Column that a partnership-bound transaction must match (partner routes). */
  readonly partnership?: string;
  /** Column by which a partner account reads its own rows in any company (memberships, accounts). */
  readonly partner?: string;
  /** Roles that pass tenants on this table: only ingest, relay and sweeper (`bus`) may. */
  readonly passes?: readonly DatabaseRole[];
}

const setting = (name: string) => `(select nullif(current_setting('fairlead.${name}', true), '')::uuid)`;
const companies = `(select nullif(current_setting('fairlead.companies', true), '')::uuid[])::uuid[]`;

/**
 * CASE keeps the planner from guessing how much a policy lets through. Written as a bare condition it is
 * believed to leave one row in thousands, so a batch joined to a table was planned as "all rows of the
 * companies × all keys": 1,000 ms instead of 4 ms for 200 keys of 2,600 rows. The code's own filter on
 * company_id is what indexes serve.
 */
const COMPANIES = `case when company_id = any (${companies}) then true else false end`;

/**
 * SQL that puts both walls' second half on a table: row-level security, enabled and forced, by the
 * transaction settings that `Database` sets. Call it in the migration that creates the table.
 */
export function tenantTable(table: string, options: TenantTableOptions = {}): string[] {
  const conditions = [COMPANIES];
  if (options.partnership) {
    conditions.push(
      `case when ${setting('partnership')} is null then true else ${options.partnership} = ${setting('partnership')} end`,
    );
  }
  const tenant = conditions.join(' and ');
  const using = options.partner ? `(${tenant}) or ${options.partner} = ${setting('partner')}` : tenant;
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy tenant on ${table} using (${using}) with check (${tenant})`,
    ...(options.passes ?? []).map(
      (role) => `create policy passes_${role} on ${table} to fairlead_${role} using (true) with check (true)`,
    ),
  ];
}
