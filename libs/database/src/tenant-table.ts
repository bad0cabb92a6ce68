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

const COMPANIES = `company_id = any ((select nullif(current_setting('fairlead.companies', true), '')::uuid[])::uuid[])`;
const setting = (name: string) => `(select nullif(current_setting('fairlead.${name}', true), '')::uuid)`;

/**
 * SQL that puts both walls' second half on a table: row-level security, enabled and forced, by the
 * transaction settings that `Database` sets. Call it in the migration that creates the table.
 */
export function tenantTable(table: string, options: TenantTableOptions = {}): string[] {
  const conditions = [COMPANIES];
  if (options.partnership) {
    conditions.push(
      `(${setting('partnership')} is null or ${options.partnership} = ${setting('partnership')})`,
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
