/** What other services may read. The base tables' row-level security applies to whoever reads a view. */
export const PUBLISHED_VIEWS: readonly string[] = [
  `create view commissions.published_order with (security_barrier) as
     select company_id, key as order_key, customer_id, partnership_id, program_id,
       case when amount > 0 and greatest(refunded_singly, refunded_snapshot) >= amount then 'refunded'
            when fulfilment_policy = 'first' and fulfilled_at is null then 'waiting_fulfilment'
            else 'earned' end as state,
       occurred_at as placed_at, fulfilled_at, amount,
       least(amount, greatest(refunded_singly, refunded_snapshot)) as refunded, currency
     from commissions.subject where kind = 'order' and revision > 0`,
  `create view commissions.published_commission with (security_barrier) as
     select company_id, commission_id, partnership_id, program_id, offer_id, subject_kind, subject_key, state,
       amount, currency, held_until, created_at
     from commissions.commission`,
  `create view commissions.published_evaluation with (security_barrier) as
     select company_id, evaluation_id, subject_kind, subject_key, partnership_id, offer_id, offer_version,
       evaluation_no, outcome in ('waiting_fulfilment', 'earned') as is_qualified, target_amount, currency,
       conditions, evaluated_at
     from commissions.evaluation`,
  `create view commissions.published_offer with (security_barrier) as
     select company_id, offer_id, program_id, name from commissions.offer`,
  'grant usage on schema commissions to fairlead_attribution, fairlead_messaging',
  `grant select on commissions.published_order, commissions.published_commission, commissions.published_evaluation
     to fairlead_attribution`,
  'grant select on commissions.published_offer to fairlead_messaging',
];
