import { type Migration, tenantTable } from '#database';

/** The lowest UUIDv7 of a moment: where a partition begins. */
const UUID_AT = `create function tracking.uuid_at(moment timestamptz) returns uuid
  language sql immutable strict parallel safe
  return rpad(lpad(to_hex(floor(extract(epoch from moment) * 1000)::bigint), 12, '0'), 32, '0')::uuid`;

/**
 * Creates the partitions of `months` months (UTC) from the one that holds `moment`; returns how many are
 * new. A month whose clicks already went to the default partition stays there.
 */
const CREATE_PARTITIONS = `create function tracking.create_click_partitions(moment timestamptz, months int)
  returns int language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  first_of_month timestamp := date_trunc('month', moment at time zone 'UTC');
  partition_name text;
  created int := 0;
begin
  perform pg_advisory_xact_lock(hashtext('tracking.create_click_partitions'));
  for i in 0 .. months - 1 loop
    partition_name := 'click_' || to_char(first_of_month + make_interval(months => i), 'YYYY_MM');
    continue when to_regclass('tracking.' || partition_name) is not null;
    begin
      execute format('create table tracking.%I partition of tracking.click for values from (%L) to (%L)',
        partition_name,
        tracking.uuid_at((first_of_month + make_interval(months => i)) at time zone 'UTC'),
        tracking.uuid_at((first_of_month + make_interval(months => i + 1)) at time zone 'UTC'));
      execute format('alter table tracking.%I enable row level security', partition_name);
      execute format('alter table tracking.%I force row level security', partition_name);
      created := created + 1;
    exception when check_violation then
      raise warning 'clicks of % already lie in the default partition', partition_name;
    end;
  end loop;
  return created;
end $$`;

/**
 * Stores clicks of the given companies, each at most once, in one statement, so that the hottest write of
 * the product is one round trip: the scope is set where the rows are written, and row-level security
 * holds the rows against it.
 */
const STORE_CLICKS = `create function tracking.store_clicks(companies uuid[], company_ids uuid[], click_ids uuid[],
    visitor_ids uuid[], link_ids uuid[], program_ids uuid[], partnership_ids uuid[], clicked_at_ms bigint[],
    user_agents text[], referrer_hosts text[])
  returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('fairlead.companies', companies::text, true);
  insert into tracking.click (company_id, click_id, visitor_id, link_id, program_id, partnership_id,
    clicked_at, user_agent, referrer_host)
  select company_id, click_id, visitor_id, link_id, program_id, partnership_id,
    to_timestamp(at_ms::double precision / 1000), user_agent, referrer_host
  from unnest(company_ids, click_ids, visitor_ids, link_ids, program_ids, partnership_ids, clicked_at_ms,
      user_agents, referrer_hosts)
    as c(company_id, click_id, visitor_id, link_id, program_id, partnership_id, at_ms, user_agent, referrer_host)
  on conflict do nothing;
end $$`;

/**
 * Clicks are ranges of their UUIDv7 id, so of time, a month each; the default partition takes what a wrong
 * clock sends. Partitions carry row-level security with no policy: they are reached through the parent only.
 */
export const CLICK_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_22_tracking_click',
    up: [
      `create table tracking.click (
        company_id uuid not null,
        click_id uuid not null,
        visitor_id uuid not null,
        link_id uuid not null,
        program_id uuid not null,
        partnership_id uuid not null,
        clicked_at timestamptz(3) not null,
        user_agent text check (length(user_agent) <= 256),
        referrer_host text check (length(referrer_host) <= 255),
        primary key (company_id, click_id)
      ) partition by range (click_id)`,
      'create index click_of_visitor on tracking.click (company_id, visitor_id)',
      ...tenantTable('tracking.click', { partnership: 'partnership_id' }),
      'grant select, insert on tracking.click to fairlead_tracking',
      `create view tracking.published_click with (security_barrier) as
         select company_id, click_id, visitor_id, link_id, program_id, partnership_id, clicked_at
         from tracking.click`,
      'grant select on tracking.published_click to fairlead_attribution',
      'create table tracking.click_default partition of tracking.click default',
      'alter table tracking.click_default enable row level security',
      'alter table tracking.click_default force row level security',
      STORE_CLICKS,
      UUID_AT,
      CREATE_PARTITIONS,
      'revoke execute on function tracking.create_click_partitions(timestamptz, int) from public',
      'grant execute on function tracking.create_click_partitions(timestamptz, int) to fairlead_tracking',
      'select tracking.create_click_partitions(now(), 2)',
    ],
  },
];
