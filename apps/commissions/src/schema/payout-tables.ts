import { tenantTable } from '#database';

/**
 * Payouts: what was taken of which commissions, for whom, and what became of it. Amounts and lines are never
 * changed; a payout is closed once, and postings name it, so that none is paid or returned twice.
 */
export const PAYOUT_TABLES: readonly string[] = [
  `create table commissions.payout_batch (
    company_id uuid not null,
    payout_batch_id uuid not null,
    program_id uuid,
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    threshold bigint not null check (threshold > 0),
    actor text not null,
    created_at timestamptz not null,
    primary key (company_id, payout_batch_id)
  )`,
  `create table commissions.payout (
    company_id uuid not null,
    payout_id uuid not null,
    payout_batch_id uuid not null,
    program_id uuid not null,
    partnership_id uuid not null,
    partner_id uuid not null,
    currency text not null,
    amount bigint not null check (amount > 0),
    state text not null check (state in ('open', 'paid', 'cancelled')),
    external_reference text check (length(external_reference) between 1 and 200),
    cancel_reason text check (length(cancel_reason) between 1 and 1000),
    created_at timestamptz not null,
    closed_at timestamptz,
    closed_by text,
    primary key (company_id, payout_id),
    foreign key (company_id, payout_batch_id) references commissions.payout_batch,
    check ((state = 'open') = (closed_at is null) and (closed_at is null) = (closed_by is null)),
    check ((state = 'paid') = (external_reference is not null)),
    check ((state = 'cancelled') = (cancel_reason is not null))
  )`,
  'create index payout_of_batch on commissions.payout (company_id, payout_batch_id, payout_id)',
  'create index payout_of_partnership on commissions.payout (company_id, partnership_id, payout_id)',
  `create table commissions.payout_line (
    company_id uuid not null,
    payout_id uuid not null,
    commission_id uuid not null,
    partnership_id uuid not null,
    evaluation_no int not null,
    amount bigint not null check (amount <> 0),
    primary key (company_id, payout_id, commission_id),
    foreign key (company_id, payout_id) references commissions.payout
  )`,
  ...tenantTable('commissions.payout_batch'),
  ...['payout', 'payout_line'].flatMap((table) =>
    tenantTable(`commissions.${table}`, { partnership: 'partnership_id' }),
  ),
  `grant select, insert on commissions.payout_batch, commissions.payout, commissions.payout_line
     to fairlead_commissions`,
  `grant update (state, external_reference, cancel_reason, closed_at, closed_by) on commissions.payout
     to fairlead_commissions`,
  // Whom to pay: name and address of the partners in an exported batch.
  'grant usage on schema access to fairlead_commissions',
  'grant select on access.published_partner to fairlead_commissions',
];
