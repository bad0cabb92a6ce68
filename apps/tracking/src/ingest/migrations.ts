import { type Migration, tenantTable } from '#database';

/**
 * Partitions are made and dropped by the owner's functions, which the service may call: its own role
 * cannot change tables. The default partition is empty while the upkeep runs; it keeps ingest alive if not.
 */
const PARTITIONS = [
  'create table tracking.raw_body_default partition of tracking.raw_body default',
  'alter table tracking.raw_body_default enable row level security',
  'alter table tracking.raw_body_default force row level security',
  `create function tracking.first_request_id_of(moment timestamptz) returns uuid
     language sql immutable set search_path = pg_catalog
     return rpad(lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0'), 32, '0')::uuid`,
  `create function tracking.make_raw_body_partitions() returns void
     language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
   declare
     first_of_month timestamptz;
     partition_name text;
   begin
     perform pg_advisory_xact_lock(hashtextextended('tracking.raw_body partitions', 0));
     for ahead in 0..2 loop
       first_of_month := date_trunc('month', now() at time zone 'UTC') at time zone 'UTC';
       first_of_month := (first_of_month at time zone 'UTC' + make_interval(months => ahead)) at time zone 'UTC';
       partition_name := 'raw_body_' || to_char(first_of_month at time zone 'UTC', 'YYYY_MM');
       continue when to_regclass('tracking.' || partition_name) is not null;
       execute format(
         'create table tracking.%I partition of tracking.raw_body for values from (%L) to (%L)',
         partition_name,
         tracking.first_request_id_of(first_of_month),
         tracking.first_request_id_of(
           (first_of_month at time zone 'UTC' + interval '1 month') at time zone 'UTC'));
       execute format('alter table tracking.%I enable row level security', partition_name);
       execute format('alter table tracking.%I force row level security', partition_name);
     end loop;
   end $$`,
  `create function tracking.drop_old_raw_bodies() returns void
     language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
   declare
     partition_name text;
     last_kept text := 'raw_body_' || to_char((now() - interval '90 days') at time zone 'UTC', 'YYYY_MM');
   begin
     perform pg_advisory_xact_lock(hashtextextended('tracking.raw_body partitions', 0));
     for partition_name in
       select relname from pg_class join pg_inherits on inhrelid = pg_class.oid
       where inhparent = 'tracking.raw_body'::regclass and relname ~ '^raw_body_[0-9]{4}_[0-9]{2}$'
         and relname < last_kept
     loop
       execute format('drop table tracking.%I', partition_name);
     end loop;
   end $$`,
  `revoke execute on function tracking.make_raw_body_partitions(), tracking.drop_old_raw_bodies() from public`,
  `grant execute on function tracking.make_raw_body_partitions(), tracking.drop_old_raw_bodies()
     to fairlead_tracking`,
  'select tracking.make_raw_body_partitions()',
];

/**
 * Bodies as text for ops and reconciliation. Bytes that are no UTF-8 are shown as octal escapes. The type of
 * a native body is not looked at on the way in, so the view finds it.
 */
const PUBLISHED = [
  `create function tracking.body_text(body bytea) returns text
     language plpgsql immutable set search_path = pg_catalog as $$
   begin
     return convert_from(body, 'UTF8');
   exception when others then
     return encode(body, 'escape');
   end $$`,
  `create view tracking.published_webhook_request with (security_barrier) as
     select company_id, request_id, integration_id, external_id,
       coalesce(event_type, substring(decoded.body from '"type"\\s*:\\s*"([^"\\\\]{1,100})"')) as event_type,
       received_at, decoded.body
     from tracking.raw_body
       cross join lateral (select tracking.body_text(raw_body.body) as body offset 0) as decoded`,
  'grant select on tracking.published_webhook_request to fairlead_reconciliation',
];

/**
 * What arrived. `request_key` says for ever which ids were seen; bodies live in monthly partitions, by
 * ranges of their UUIDv7 request id, and are dropped after 90 days.
 */
export const INGEST_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_25_tracking_ingest',
    up: [
      `create table tracking.request_key (
        company_id uuid not null,
        integration_id uuid not null,
        external_id text not null,
        content_hash bytea not null,
        request_id uuid not null,
        received_at timestamptz not null,
        primary key (company_id, integration_id, external_id)
      )`,
      `create table tracking.raw_body (
        company_id uuid not null,
        request_id uuid not null,
        integration_id uuid not null,
        external_id text not null,
        event_type text,
        received_at timestamptz not null,
        headers jsonb not null,
        body bytea not null,
        primary key (company_id, request_id)
      ) partition by range (request_id)`,
      `create table tracking.request_conflict (
        company_id uuid not null,
        conflict_id uuid not null,
        integration_id uuid not null,
        external_id text not null,
        content_hash bytea not null,
        request_id uuid not null,
        received_at timestamptz not null,
        body bytea not null,
        primary key (company_id, conflict_id),
        unique (company_id, integration_id, external_id, content_hash)
      )`,
      `create table tracking.signature_failure (
        company_id uuid not null,
        integration_id uuid not null,
        reason text not null,
        day date not null,
        failures bigint not null,
        last_at timestamptz not null,
        sample jsonb not null,
        primary key (company_id, integration_id, reason, day)
      )`,
      ...['request_key', 'raw_body', 'request_conflict', 'signature_failure'].flatMap((table) =>
        tenantTable(`tracking.${table}`, { passes: ['bus'] }),
      ),
      'grant select, insert on tracking.request_key, tracking.request_conflict to fairlead_bus',
      'grant insert on tracking.raw_body to fairlead_bus',
      'grant select, insert, update on tracking.signature_failure to fairlead_bus',
      `grant select on tracking.raw_body, tracking.request_conflict, tracking.signature_failure
         to fairlead_tracking`,
      ...PARTITIONS,
      ...PUBLISHED,
    ],
  },
];
