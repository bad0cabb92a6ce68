import { type DatabaseRole, tenantTable } from '#database';

/**
 * SQL that gives a service its table of answered POSTs: add it to one of the service's migrations, after
 * its schema. The schema carries the role's name.
 */
export function idempotencyTable(role: DatabaseRole): string[] {
  const table = `${role}.idempotency_key`;
  return [
    `create table ${table} (
      company_id uuid not null,
      caller text not null,
      key text not null check (length(key) between 1 and 255),
      request_hash bytea not null,
      response bytea,
      created_at timestamptz not null default now(),
      primary key (company_id, caller, key)
    )`,
    `create index idempotency_key_age on ${table} (company_id, created_at)`,
    ...tenantTable(table),
    `grant select, insert, update, delete on ${table} to fairlead_${role}`,
  ];
}
