import { tenantTable } from '#database';

/**
 * Evaluations, commissions and the double-entry ledger. Evaluations and postings are append-only: the
 * service may select and insert, nothing else, and a group whose lines do not sum to zero is refused.
 */
export const LEDGER_TABLES: readonly string[] = [
  `create table commissions.evaluation (
    company_id uuid not null,
    evaluation_id uuid not null,
    subject_kind text not null,
    subject_key text not null,
    evaluation_no int not null check (evaluation_no > 0),
    program_id uuid not null,
    partnership_id uuid not null,
    offer_id uuid not null,
    offer_version int not null,
    outcome text not null check (outcome in ('not_qualified', 'waiting_fulfilment', 'earned', 'withdrawn')),
    currency text not null,
    amount bigint not null check (amount >= 0),
    target_amount bigint not null check (target_amount >= 0),
    conditions jsonb not null,
    evaluated_at timestamptz not null,
    primary key (company_id, evaluation_id),
    unique (company_id, subject_kind, subject_key, offer_id, partnership_id, currency, evaluation_no)
  )`,
  `create table commissions.commission (
    company_id uuid not null,
    commission_id uuid not null,
    subject_kind text not null,
    subject_key text not null,
    offer_id uuid not null,
    partnership_id uuid not null,
    currency text not null,
    partner_id uuid not null,
    program_id uuid not null,
    state text not null check (state in ('waiting_fulfilment', 'held', 'payable', 'reversed')),
    reversal_reason text check (reversal_reason in ('REFUNDED', 'REATTRIBUTED', 'NOT_QUALIFIED')),
    amount bigint not null check (amount >= 0),
    held bigint not null default 0,
    payable bigint not null default 0,
    held_until timestamptz,
    occurred_at timestamptz not null,
    created_at timestamptz not null,
    primary key (company_id, commission_id),
    unique (company_id, subject_kind, subject_key, offer_id, partnership_id, currency),
    check ((state = 'reversed') = (reversal_reason is not null)),
    check (state not in ('held', 'payable') or held_until is not null)
  ) with (fillfactor = 70)`,
  `create index commission_of_partnership on commissions.commission
     (company_id, partnership_id, commission_id)`,
  `create index commission_held on commissions.commission (held_until) where state = 'held'`,
  `create table commissions.posting_group (
    company_id uuid not null,
    posting_group_id uuid not null,
    commission_id uuid not null,
    partnership_id uuid not null,
    evaluation_no int not null,
    cause text not null check (cause in ('evaluation', 'release')),
    reason text not null,
    posted_at timestamptz not null,
    primary key (company_id, posting_group_id),
    unique (company_id, commission_id, evaluation_no, cause)
  )`,
  `create table commissions.posting (
    company_id uuid not null,
    posting_group_id uuid not null,
    account text not null check (account in ('company_expense', 'partner_held', 'partner_payable')),
    currency text not null,
    amount bigint not null check (amount <> 0),
    partnership_id uuid not null,
    primary key (company_id, posting_group_id, account, currency)
  )`,
  ...['evaluation', 'commission', 'posting_group', 'posting'].flatMap((table) =>
    tenantTable(`commissions.${table}`, {
      partnership: 'partnership_id',
      // The sweeper's role learns which companies have holds to release; its grant is on three columns.
      ...(table === 'commission' ? { passes: ['bus'] as const } : {}),
    }),
  ),
  `grant select, insert on commissions.evaluation, commissions.posting_group, commissions.posting
     to fairlead_commissions`,
  'grant select, insert, update on commissions.commission to fairlead_commissions',
  'grant usage on schema commissions to fairlead_bus',
  'grant select (company_id, state, held_until) on commissions.commission to fairlead_bus',
  `create function commissions.refuse_unbalanced_postings() returns trigger language plpgsql as $$
    declare unbalanced uuid;
    begin
      select posting_group_id into unbalanced from added
        group by company_id, posting_group_id, currency having sum(amount) <> 0 limit 1;
      if unbalanced is not null then
        raise exception 'posting group % does not sum to zero', unbalanced using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
  `create trigger balanced after insert on commissions.posting
     referencing new table as added for each statement
     execute function commissions.refuse_unbalanced_postings()`,
];
