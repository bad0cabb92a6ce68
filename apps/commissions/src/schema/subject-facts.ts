import { tenantTable } from '#database';

/**
 * More facts of an order: what was fulfilled line by line, cancellation and chargebacks. `completed_at` is
 * when nothing was left to fulfil; a chargeback counts unless the company won it.
 */
export const SUBJECT_FACTS: readonly string[] = [
  `alter table commissions.subject
    drop constraint subject_fulfilment_policy_check,
    add constraint subject_fulfilment_policy_check
      check (fulfilment_policy in ('none', 'first', 'lines', 'complete')),
    add column lines jsonb,
    add column fulfilled_lines jsonb not null default '{}',
    add column completed_at timestamptz,
    add column cancelled_at timestamptz,
    add column charged_back bigint not null default 0 check (charged_back >= 0)`,
  `create table commissions.order_chargeback (
    company_id uuid not null,
    order_key text not null,
    chargeback_key text not null,
    outcome text not null check (outcome in ('opened', 'won', 'lost')),
    amount bigint not null check (amount >= 0),
    occurred_at timestamptz not null,
    primary key (company_id, order_key, chargeback_key)
  )`,
  ...tenantTable('commissions.order_chargeback'),
  'grant select, insert, update on commissions.order_chargeback to fairlead_commissions',
];

/** Columns are only appended: other services read the view meanwhile. */
export const PUBLISHED_FACTS: readonly string[] = [
  `create or replace view commissions.published_order with (security_barrier) as
     select company_id, key as order_key, customer_id, partnership_id, program_id,
       case when deletion_reason is not null then 'deleted'
            when is_cancelled then 'cancelled'
            when amount > 0 and refunded >= amount then 'refunded'
            when fulfilment_policy <> 'none' and earned_at is null then 'waiting_fulfilment'
            else 'earned' end as state,
       occurred_at as placed_at, earned_at as fulfilled_at, amount, refunded, currency, cancelled_at,
       deletion_reason
     from (
       select s.*,
         least(amount, least(amount, greatest(refunded_singly, refunded_snapshot)) + least(amount, charged_back))
           as refunded,
         case when fulfilment_policy = 'complete' then completed_at else fulfilled_at end as earned_at,
         cancelled_at is not null
           and case when fulfilment_policy = 'complete' then completed_at else fulfilled_at end is null as is_cancelled
       from commissions.subject s) s
     where kind = 'order' and revision > 0`,
  `create or replace view commissions.published_evaluation with (security_barrier) as
     select company_id, evaluation_id, subject_kind, subject_key, partnership_id, offer_id, offer_version,
       evaluation_no, outcome in ('waiting_fulfilment', 'in_review', 'earned') as is_qualified, target_amount,
       currency, conditions, evaluated_at
     from commissions.evaluation`,
];
