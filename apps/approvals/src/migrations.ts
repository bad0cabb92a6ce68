import { type Migration, tenantTable } from '#database';
import { idempotencyTable } from '#http';
import { APPLICATIONS } from './schema/applications.js';
import { GROUPS } from './schema/groups.js';
import { LINK_REQUESTS } from './schema/link-requests.js';
import { REFERRALS } from './schema/referrals.js';

/** Reading a program before any tie to its company exists: a signed-in partner who is about to apply. */
const PARTNER_BEFORE_ANY_COMPANY = `
  nullif(current_setting('fairlead.partner', true), '') is not null
  and coalesce(current_setting('fairlead.companies', true), '{}') in ('', '{}')`;

const STATES = `('pending', 'approved', 'declined', 'left', 'removed')`;

/** Programs, terms and who belongs to which program. Rows are only ever added, or move between states. */
export const APPROVALS_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_10_approvals_membership',
    up: [
      'create schema approvals',
      `create table approvals.program (
        company_id uuid not null,
        program_id uuid not null,
        name text not null,
        slug text not null,
        created_at timestamptz not null,
        primary key (company_id, program_id),
        unique (company_id, slug)
      )`,
      'create index program_for_applicants on approvals.program (program_id)',
      `create table approvals.program_settings (
        company_id uuid not null,
        program_id uuid not null,
        effective_from timestamptz not null,
        window_days int not null check (window_days between 1 and 365),
        time_zone text not null,
        are_links_enabled boolean not null,
        actor text not null,
        primary key (company_id, program_id, effective_from),
        foreign key (company_id, program_id) references approvals.program
      )`,
      `create table approvals.terms (
        company_id uuid not null,
        program_id uuid not null,
        version int not null check (version > 0),
        text text not null,
        actor text not null,
        published_at timestamptz not null,
        primary key (company_id, program_id, version),
        foreign key (company_id, program_id) references approvals.program
      )`,
      `create table approvals.partnership (
        company_id uuid not null,
        partnership_id uuid not null,
        program_id uuid not null,
        partner_id uuid not null,
        state text not null check (state in ${STATES}),
        approved_at timestamptz,
        ended_at timestamptz,
        end_reason text,
        links_override boolean,
        created_at timestamptz not null,
        primary key (company_id, partnership_id),
        unique (company_id, program_id, partner_id),
        foreign key (company_id, program_id) references approvals.program,
        check ((ended_at is not null) = (state in ('left', 'removed'))),
        check (state not in ('approved', 'left', 'removed') or approved_at is not null)
      )`,
      'create index partnership_of_partner on approvals.partnership (partner_id)',
      `create table approvals.application (
        company_id uuid not null,
        application_id uuid not null,
        partnership_id uuid not null,
        program_id uuid not null,
        partner_id uuid not null,
        state text not null check (state in ('pending', 'approved', 'declined')),
        message text,
        applied_at timestamptz not null,
        reviewed_at timestamptz,
        reviewed_by text,
        reason text,
        primary key (company_id, application_id),
        foreign key (company_id, partnership_id) references approvals.partnership,
        check ((state = 'pending') = (reviewed_at is null)),
        check (state <> 'declined' or reason is not null)
      )`,
      'create index application_by_state on approvals.application (company_id, state, application_id)',
      `create unique index application_pending on approvals.application (company_id, partnership_id)
         where state = 'pending'`,
      `create table approvals.terms_acceptance (
        company_id uuid not null,
        partnership_id uuid not null,
        program_id uuid not null,
        version int not null,
        accepted_at timestamptz not null,
        address text not null,
        user_agent text,
        primary key (company_id, partnership_id, version),
        foreign key (company_id, partnership_id) references approvals.partnership,
        foreign key (company_id, program_id, version) references approvals.terms
      )`,
      ...['program', 'program_settings', 'terms'].flatMap((table) => tenantTable(`approvals.${table}`)),
      ...tenantTable('approvals.partnership', { partnership: 'partnership_id', partner: 'partner_id' }),
      ...tenantTable('approvals.application', { partnership: 'partnership_id' }),
      ...tenantTable('approvals.terms_acceptance', { partnership: 'partnership_id' }),
      `create policy applicants on approvals.program for select to fairlead_approvals
         using (${PARTNER_BEFORE_ANY_COMPANY})`,
      'grant usage on schema approvals to fairlead_approvals',
      'grant select, insert, update on approvals.program, approvals.partnership, approvals.application to fairlead_approvals',
      'grant select, insert on approvals.program_settings, approvals.terms, approvals.terms_acceptance to fairlead_approvals',
    ],
  },
  {
    name: '20261120_11_approvals_published',
    up: [
      `create view approvals.published_program with (security_barrier) as
         select company_id, program_id, name, slug from approvals.program`,
      `create view approvals.published_program_settings with (security_barrier) as
         select company_id, program_id, effective_from, window_days, time_zone from approvals.program_settings`,
      // Subqueries: a reader that does not ask for the last two columns does not pay for them. Where only the
      // partner's own memberships are visible (no company in scope), both columns say false.
      `create view approvals.published_partnership with (security_barrier) as
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
           coalesce(p.links_override, (
             select s.are_links_enabled from approvals.program_settings s
              where s.company_id = p.company_id and s.program_id = p.program_id
              order by s.effective_from desc limit 1), false) as are_links_enabled
         from approvals.partnership p`,
      `grant usage on schema approvals to fairlead_tracking, fairlead_attribution, fairlead_commissions,
         fairlead_messaging`,
      `grant select on approvals.published_partnership to fairlead_tracking, fairlead_attribution,
         fairlead_commissions, fairlead_approvals, fairlead_messaging`,
      'grant select on approvals.published_program to fairlead_commissions, fairlead_messaging',
      `grant select on approvals.published_program_settings to fairlead_attribution, fairlead_commissions,
         fairlead_messaging`,
    ],
  },
  { name: '20261120_12_approvals_idempotency', up: idempotencyTable('approvals') },
  ...GROUPS,
  ...APPLICATIONS,
  ...LINK_REQUESTS,
  ...REFERRALS,
  {
    name: '20261121_14_approvals_accepted_by',
    // Since a partner has a team: who of it agreed. Null before.
    up: ['alter table approvals.terms_acceptance add column accepted_by text'],
  },
];
