import type { Invariant } from '#database';

/** What must hold between facts, decisions, candidates and bindings. Run by a login that sees every tenant. */
export const ATTRIBUTION_INVARIANTS: readonly Invariant[] = [
  {
    id: 'A.decided',
    description:
      'Every signup, order and named action that attribution has dealt with has a decision that stands',
    sql: `
      select d.company_id, d.event_id, d.event_type
      from bus.delivery d
      join bus.event e using (company_id, event_id)
      left join lateral (
        select data from bus.event_revision r
        where r.company_id = d.company_id and r.event_id = d.event_id order by revision desc limit 1) r on true
      where d.consumer = 'attribution' and d.state = 'done'
        and d.event_type in ('order.placed', 'customer.signed_up', 'action.performed')
        and not exists (
          select from attribution.decision a
          where a.company_id = d.company_id and a.superseded_at is null
            and (a.subject_kind, a.subject_key) = (
              case d.event_type when 'order.placed' then 'order' when 'action.performed' then 'action' else 'signup' end,
              coalesce(r.data, e.data)->>
                case d.event_type when 'order.placed' then 'orderKey' when 'action.performed' then 'actionKey'
                  else 'customerKey' end))`,
  },
  {
    id: 'A.winner',
    description: 'A decision has one winning candidate, its winner, or none of both',
    sql: `
      select d.company_id, d.decision_id, d.revision, d.partnership_id as winner, c.won
      from attribution.decision d
      left join lateral (
        select array_agg(partnership_id) as won from attribution.candidate c
        where c.company_id = d.company_id and c.decision_id = d.decision_id and c.revision = d.revision
          and c.reason = 'WON') c on true
      where c.won is distinct from case when d.partnership_id is not null then array[d.partnership_id] end`,
  },
  {
    id: 'A.bound',
    description: 'A customer belongs to the winner of what bound it, or to whom the company assigned it',
    sql: `
      select c.company_id, c.customer_id, c.partnership_id, coalesce(a.partnership_id, d.partnership_id) as winner
      from attribution.customer c
      left join attribution.decision d
        on d.company_id = c.company_id and d.subject_kind = c.bound_by_kind and d.subject_key = c.bound_by_key
          and d.superseded_at is null
      left join attribution.assignment a on a.company_id = c.company_id and a.assignment_id = c.assignment_id
      where case when c.assignment_id is not null then a.partnership_id is distinct from c.partnership_id
        else c.partnership_id is not null and d.partnership_id is distinct from c.partnership_id end`,
  },
];
