import { type Migration, tenantTable } from '#database';

/** Of the group that the partner is in at the moment of reading; before the first one, of the first one. */
const GROUP_SAYS = (column: string) => `(
  select g.${column} from approvals.partnership_group m
    join approvals.program_group g on g.company_id = m.company_id and g.group_id = m.group_id
   where m.company_id = p.company_id and m.partnership_id = p.partnership_id
   order by m.effective_from <= now() desc, abs(extract(epoch from m.effective_from - now())) limit 1)`;

const PROGRAM_SAYS = (column: string) => `(
  select s.${column} from approvals.program_settings s
   where s.company_id = p.company_id and s.program_id = p.program_id
   order by s.effective_from desc limit 1)`;

/**
 * Groups of a program's partners, and memberships as periods: a partner may leave and join again. Programs and
 * memberships of before get their default group and their one period.
 */
export const GROUPS: readonly Migration[] = [
  {
    name: '20261121_10_approvals_groups',
    up: [
      `alter table approvals.program_settings
         add column are_leads_enabled boolean not null default false,
         add column are_deals_enabled boolean not null default false`,
      `alter table approvals.partnership add column may_apply_again boolean not null default true`,
      // A feature that is null follows the program.
      `create table approvals.program_group (
        company_id uuid not null,
        group_id uuid not null,
        program_id uuid not null,
        name text not null,
        is_default boolean not null,
        are_links_enabled boolean,
        are_leads_enabled boolean,
        are_deals_enabled boolean,
        created_at timestamptz not null,
        archived_at timestamptz,
        primary key (company_id, group_id),
        unique (company_id, program_id, group_id),
        foreign key (company_id, program_id) references approvals.program,
        check (not is_default or archived_at is null)
      )`,
      `create unique index program_group_default on approvals.program_group (company_id, program_id)
         where is_default`,
      `create unique index program_group_name on approvals.program_group (company_id, program_id, lower(name))
         where archived_at is null`,
      `create table approvals.partnership_group (
        company_id uuid not null,
        partnership_id uuid not null,
        effective_from timestamptz not null,
        program_id uuid not null,
        group_id uuid not null,
        actor text not null,
        primary key (company_id, partnership_id, effective_from),
        foreign key (company_id, partnership_id) references approvals.partnership,
        foreign key (company_id, program_id, group_id)
          references approvals.program_group (company_id, program_id, group_id)
      )`,
      'create index partnership_group_members on approvals.partnership_group (company_id, group_id)',
      `create table approvals.membership_period (
        company_id uuid not null,
        partnership_id uuid not null,
        started_at timestamptz not null,
        ended_at timestamptz,
        program_id uuid not null,
        partner_id uuid not null,
        end_kind text check (end_kind in ('left', 'removed')),
        end_reason text,
        primary key (company_id, partnership_id, started_at),
        foreign key (company_id, partnership_id) references approvals.partnership,
        check (ended_at >= started_at),
        check ((ended_at is null) = (end_kind is null))
      )`,
      `create unique index membership_period_open on approvals.membership_period (company_id, partnership_id)
         where ended_at is null`,
      // The owner of the tables reads every company's rows for this once.
      'alter table approvals.program no force row level security',
      'alter table approvals.partnership no force row level security',
      `insert into approvals.program_group (company_id, group_id, program_id, name, is_default, created_at)
         select company_id, gen_random_uuid(), program_id, 'Partners', true, created_at from approvals.program`,
      `insert into approvals.partnership_group
         (company_id, partnership_id, effective_from, program_id, group_id, actor)
         select p.company_id, p.partnership_id, p.created_at, p.program_id, g.group_id, 'migration'
           from approvals.partnership p
           join approvals.program_group g on g.company_id = p.company_id and g.program_id = p.program_id`,
      `insert into approvals.membership_period
         (company_id, partnership_id, started_at, ended_at, program_id, partner_id, end_kind, end_reason)
         select company_id, partnership_id, approved_at,
           case when ended_at is not null then greatest(ended_at, approved_at) end, program_id, partner_id,
           case when ended_at is not null then state end, end_reason
           from approvals.partnership where approved_at is not null`,
      'alter table approvals.program force row level security',
      'alter table approvals.partnership force row level security',
      ...tenantTable('approvals.program_group'),
      ...tenantTable('approvals.partnership_group', { partnership: 'partnership_id' }),
      ...tenantTable('approvals.membership_period', { partnership: 'partnership_id', partner: 'partner_id' }),
      'grant select, insert, update on approvals.program_group to fairlead_approvals',
      'grant select, insert, delete on approvals.partnership_group to fairlead_approvals',
      'grant select, insert, update on approvals.membership_period to fairlead_approvals',
    ],
  },
  {
    name: '20261121_10_approvals_groups_published',
    up: [
      `create view approvals.published_group with (security_barrier) as
         select company_id, program_id, group_id, name, is_default from approvals.program_group`,
      `create view approvals.published_partnership_group with (security_barrier) as
         select company_id, partnership_id, program_id, group_id, effective_from
           from approvals.partnership_group`,
      `create view approvals.published_membership_period with (security_barrier) as
         select company_id, partnership_id, program_id, partner_id, started_at, ended_at
           from approvals.membership_period`,
      `create or replace view approvals.published_partnership with (security_barrier) as
         select p.company_id, p.partnership_id, p.program_id, p.partner_id, p.state, p.approved_at, p.ended_at,
           exists (select 1 from approvals.program g where g.company_id = p.company_id and g.program_id = p.program_id)
           and not exists (
             select 1 from approvals.terms t
              where t.company_id = p.company_id and t.program_id = p.program_id
                and not exists (
                  select 1 from approvals.terms_acceptance a
                   where a.company_id = p.company_id and a.partnership_id = p.partnership_id
                     and a.version >= t.version)
           ) as has_accepted_terms,
           coalesce(p.links_override, ${GROUP_SAYS('are_links_enabled')},
             ${PROGRAM_SAYS('are_links_enabled')}, false) as are_links_enabled,
           coalesce(${GROUP_SAYS('are_leads_enabled')}, ${PROGRAM_SAYS('are_leads_enabled')}, false)
             as are_leads_enabled,
           coalesce(${GROUP_SAYS('are_deals_enabled')}, ${PROGRAM_SAYS('are_deals_enabled')}, false)
             as are_deals_enabled,
           ${GROUP_SAYS('group_id')} as group_id
         from approvals.partnership p`,
      'grant select on approvals.published_membership_period to fairlead_attribution',
      'grant select on approvals.published_partnership_group, approvals.published_group to fairlead_approvals',
    ],
  },
];
