import { type Migration, tenantTable } from '#database';
import { OLDER_DECISIONS } from './schema/older-decisions.js';
import { PUBLISHED_PRECEDENCE } from './schema/published-precedence.js';
import { WAYS_TO_REFER } from './schema/ways-to-refer.js';

/**
 * Customers and whom they belong to; what was decided for every signup and order; and every candidate for it.
 *
 * A decision is never edited: a later one of the same subject gets the next revision and supersedes it. Under
 * a partner's scope a decision shows to its winner only and a candidate to its own partner only.
 */
export const ATTRIBUTION_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_30_attribution',
    up: [
      'create schema attribution',
      `create table attribution.customer (
        company_id uuid not null,
        customer_id uuid not null,
        customer_key text not null,
        email text,
        signed_up_at timestamptz(3),
        first_paid_at timestamptz(3),
        last_action_at timestamptz(3),
        partnership_id uuid,
        program_id uuid,
        bound_by_kind text check (bound_by_kind in ('signup', 'order')),
        bound_by_key text,
        bound_at timestamptz(3),
        created_at timestamptz not null,
        primary key (company_id, customer_id),
        unique (company_id, customer_key),
        check (num_nulls(partnership_id, program_id, bound_by_kind, bound_by_key, bound_at) in (0, 5))
      ) with (fillfactor = 70)`,
      `create index customer_of_partnership on attribution.customer (company_id, partnership_id, customer_id)
         where partnership_id is not null`,
      `create table attribution.decision (
        company_id uuid not null,
        decision_id uuid not null,
        revision int not null check (revision > 0),
        subject_kind text not null check (subject_kind in ('signup', 'order')),
        subject_key text not null,
        customer_id uuid not null,
        occurred_at timestamptz(3) not null,
        presented text not null check (presented in ('none', 'malformed', 'unknown', 'visitor')),
        presented_click_id uuid,
        visitor_id uuid,
        partnership_id uuid,
        program_id uuid,
        method text check (method in ('bound_customer', 'last_click')),
        reason text not null,
        cause text not null check (cause in ('fact', 'late_fact', 'late_click')),
        cause_event_id uuid not null,
        order_facts jsonb check ((order_facts is null) = (subject_kind = 'signup')),
        decided_at timestamptz not null,
        superseded_at timestamptz,
        primary key (company_id, decision_id, revision),
        check (num_nulls(partnership_id, program_id, method) in (0, 3))
      )`,
      `create unique index decision_of_subject on attribution.decision (company_id, subject_kind, subject_key)
         where superseded_at is null`,
      'create index decision_of_customer on attribution.decision (company_id, customer_id, decision_id)',
      `create index decision_of_visitor on attribution.decision (company_id, visitor_id)
         where superseded_at is null and visitor_id is not null`,
      `create index decision_without_click on attribution.decision (company_id, presented_click_id)
         where superseded_at is null and presented = 'unknown'`,
      `create table attribution.candidate (
        company_id uuid not null,
        decision_id uuid not null,
        revision int not null,
        position int not null check (position > 0),
        kind text not null check (kind in ('binding', 'click')),
        click_id uuid,
        link_id uuid,
        clicked_at timestamptz(3),
        partnership_id uuid not null,
        program_id uuid not null,
        reason text not null,
        action_kind text not null check (action_kind in ('signup', 'order')),
        action_at timestamptz(3) not null,
        primary key (company_id, decision_id, revision, position),
        check (num_nulls(click_id, link_id, clicked_at) = case kind when 'click' then 0 else 3 end)
      )`,
      `create index candidate_of_partnership on attribution.candidate
         (company_id, partnership_id, decision_id, revision, position)`,
      ...['customer', 'decision', 'candidate'].flatMap((table) =>
        tenantTable(`attribution.${table}`, { partnership: 'partnership_id' }),
      ),
      'grant usage on schema attribution to fairlead_attribution',
      `grant select, insert, update on attribution.customer, attribution.decision to fairlead_attribution`,
      `grant select, insert on attribution.candidate to fairlead_attribution`,
    ],
  },
  { name: '20261121_30_attribution_ways_to_refer', up: WAYS_TO_REFER },
  { name: '20261121_36_attribution_older_decisions', up: OLDER_DECISIONS },
  {
    name: '20261121_36_attribution_published_customer',
    up: [
      `create view attribution.published_customer with (security_barrier) as
         select company_id, customer_id, partnership_id, program_id, bound_at from attribution.customer`,
      'grant usage on schema attribution to fairlead_approvals',
      'grant select on attribution.published_customer to fairlead_approvals',
    ],
  },
  { name: '20261121_36_attribution_published_precedence', up: PUBLISHED_PRECEDENCE },
];
