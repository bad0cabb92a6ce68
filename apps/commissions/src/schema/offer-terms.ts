import { tenantTable } from '#database';

/**
 * What decides beside an offer's rule: rewards of single partners, a program's stacking, and the counters of
 * tiers and budgets. Rewards and stacking are appended, never changed. Evaluations keep how the counters
 * stood for them and what they promised.
 */
export const OFFER_TERMS: readonly string[] = [
  `create table commissions.offer_override (
    company_id uuid not null,
    override_id uuid not null,
    offer_id uuid not null,
    partnership_id uuid not null,
    effective_from timestamptz not null,
    reward jsonb,
    actor text not null,
    created_at timestamptz not null,
    primary key (company_id, override_id),
    unique (company_id, offer_id, partnership_id, effective_from),
    foreign key (company_id, offer_id) references commissions.offer
  )`,
  `create table commissions.stacking_setting (
    company_id uuid not null,
    program_id uuid not null,
    effective_from timestamptz not null,
    policy text not null check (policy in ('all', 'best')),
    actor text not null,
    created_at timestamptz not null,
    primary key (company_id, program_id, effective_from)
  )`,
  // Of all partners together: the partnership whose UUID is nil. Of a count: no currency.
  `create table commissions.offer_counter (
    company_id uuid not null,
    offer_id uuid not null,
    kind text not null check (kind in ('tier', 'partner_budget', 'program_budget')),
    partnership_id uuid not null,
    period text not null,
    currency text not null,
    value bigint not null check (value >= 0),
    primary key (company_id, offer_id, kind, partnership_id, period, currency),
    foreign key (company_id, offer_id) references commissions.offer
  ) with (fillfactor = 70)`,
  ...tenantTable('commissions.offer_override', { partnership: 'partnership_id' }),
  ...['stacking_setting', 'offer_counter'].flatMap((table) => tenantTable(`commissions.${table}`)),
  'grant select, insert on commissions.offer_override, commissions.stacking_setting to fairlead_commissions',
  'grant select, insert, update on commissions.offer_counter to fairlead_commissions',
  `grant select on approvals.published_group, approvals.published_partnership_group to fairlead_commissions`,
  'alter table commissions.evaluation add column promised bigint check (promised >= 0), add column standing jsonb',
];
