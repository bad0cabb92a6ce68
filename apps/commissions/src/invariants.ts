import type { Invariant } from '#database';
import { OWING_INVARIANTS } from './owing-invariants.js';

const POSTED = `
  select g.company_id, g.commission_id, p.currency,
    coalesce(sum(p.amount) filter (where p.account = 'partner_held'), 0) as held,
    coalesce(sum(p.amount) filter (where p.account = 'partner_payable'), 0) as payable,
    coalesce(sum(p.amount) filter (where p.account = 'partner_in_payout'), 0) as in_payout,
    coalesce(sum(p.amount) filter (where p.account = 'partner_paid_out'), 0) as paid_out,
    -coalesce(sum(p.amount) filter (where p.account = 'company_expense'), 0) as cost
  from commissions.posting_group g join commissions.posting p using (company_id, posting_group_id)
  group by g.company_id, g.commission_id, p.currency`;

/** What each subject was granted of budgets, once per offer and partnership, with the rule that granted it. */
const GRANTED = `
  select distinct on (e.company_id, e.subject_kind, e.subject_key, e.offer_id, e.partnership_id)
    e.company_id, e.offer_id, e.partnership_id, (e.standing->>'granted')::bigint as granted, v.rule
  from commissions.evaluation e
  join commissions.offer_version v
    on v.company_id = e.company_id and v.offer_id = e.offer_id and v.version = e.offer_version
  where e.standing->>'granted' is not null`;

/** I3 to I5 of docs/architecture.md. Run by a login that sees every tenant. */
export const COMMISSIONS_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I3.target',
    description: "Each commission's posted amount equals its last evaluation's target",
    sql: `
      select c.company_id, c.commission_id, coalesce(p.cost, 0) as posted, e.target_amount
      from commissions.commission c
      left join (${POSTED}) p using (company_id, commission_id, currency)
      left join lateral (
        select target_amount from commissions.evaluation e
        where e.company_id = c.company_id and e.subject_kind = c.subject_kind and e.subject_key = c.subject_key
          and e.offer_id is not distinct from c.offer_id and e.partnership_id = c.partnership_id
          and e.currency = c.currency
        order by evaluation_no desc limit 1) e on true
      where coalesce(p.cost, 0) is distinct from e.target_amount`,
  },
  {
    id: 'I3.balances',
    description: "A commission's amounts equal its postings, and follow its state",
    sql: `
      select c.company_id, c.commission_id, c.state, c.held, c.payable, c.in_payout, c.paid_out,
        p.held as posted_held, p.payable as posted_payable, p.in_payout as posted_in_payout,
        p.paid_out as posted_paid_out
      from commissions.commission c
      left join (${POSTED}) p using (company_id, commission_id, currency)
      where (c.held, c.payable, c.in_payout, c.paid_out) is distinct from
          (coalesce(p.held, 0), coalesce(p.payable, 0), coalesce(p.in_payout, 0), coalesce(p.paid_out, 0))
        or (c.held <> 0 and c.state not in ('held', 'approved'))
        or (c.state in ('held', 'approved') and c.payable <> 0)
        or (c.state in ('waiting_fulfilment', 'in_review', 'declined', 'reversed')
          and c.payable + c.in_payout + c.paid_out <> 0)
        or (c.state = 'paid' and (c.payable <> 0 or c.in_payout <> 0 or c.paid_out = 0))`,
  },
  {
    id: 'I3.evaluated',
    description: 'Every evaluation that qualified has its commission',
    sql: `
      select e.company_id, e.evaluation_id from commissions.evaluation e
      where e.outcome in ('waiting_fulfilment', 'in_review', 'earned') and not exists (
        select 1 from commissions.commission c
        where c.company_id = e.company_id and c.subject_kind = e.subject_kind and c.subject_key = e.subject_key
          and c.offer_id is not distinct from e.offer_id and c.partnership_id = e.partnership_id
          and c.currency = e.currency)`,
  },
  {
    id: 'I3.budgets',
    description: 'What counts against a budget is what evaluations were granted of it, no more and no less',
    sql: `
      with granted as (
        select company_id, offer_id, sum(granted) filter (where rule->>'partnerBudget' is not null) as partner,
          sum(granted) filter (where rule->>'programBudget' is not null) as program
        from (${GRANTED}) g group by company_id, offer_id
      ), counted as (
        select company_id, offer_id, sum(value) filter (where kind = 'partner_budget') as partner,
          sum(value) filter (where kind = 'program_budget') as program
        from commissions.offer_counter group by company_id, offer_id
      )
      select company_id, offer_id, g.partner as partner_granted, c.partner as partner_counted,
        g.program as program_granted, c.program as program_counted
      from granted g full join counted c using (company_id, offer_id)
      where (coalesce(g.partner, 0), coalesce(g.program, 0))
        is distinct from (coalesce(c.partner, 0), coalesce(c.program, 0))`,
  },
  {
    id: 'I3.rulings',
    description: 'What a company declined or deleted owes nothing',
    sql: `
      select c.company_id, c.commission_id, c.state, r.kind from commissions.commission c
      cross join lateral (
        select kind from commissions.ruling r
        where r.company_id = c.company_id and r.commission_id = c.commission_id
        order by r.ruling_no desc limit 1) r
      where r.kind <> 'approved' and c.state not in ('declined', 'reversed')`,
  },
  {
    id: 'I4',
    description: 'Each posting group has at least two lines and sums to zero per currency',
    sql: `
      select g.company_id, g.posting_group_id, p.currency, sum(p.amount) as sum, count(p.account) as lines
      from commissions.posting_group g left join commissions.posting p using (company_id, posting_group_id)
      group by g.company_id, g.posting_group_id, p.currency
      having coalesce(sum(p.amount), 0) <> 0 or count(p.account) < 2
      union all
      select p.company_id, p.posting_group_id, p.currency, p.amount, 1 from commissions.posting p
      where not exists (select 1 from commissions.posting_group g
        where g.company_id = p.company_id and g.posting_group_id = p.posting_group_id)`,
  },
  {
    id: 'I5.paid',
    description: 'Payouts took of no commission more than the most it ever came to',
    sql: `
      select p.company_id, p.commission_id, p.in_payout + p.paid_out as settled
      from (${POSTED}) p join commissions.commission c using (company_id, commission_id)
      where p.held < 0 or p.in_payout + p.paid_out > greatest(0, (
        select max(e.target_amount) from commissions.evaluation e
        where e.company_id = c.company_id and e.subject_kind = c.subject_kind and e.subject_key = c.subject_key
          and e.offer_id is not distinct from c.offer_id and e.partnership_id = c.partnership_id
          and e.currency = c.currency))`,
  },
  {
    id: 'I5.once',
    description: 'What a commission has in payouts and paid out is what its open and paid payouts took of it',
    sql: `
      select c.company_id, c.commission_id, c.in_payout, c.paid_out, l.open, l.paid
      from commissions.commission c left join (
        select company_id, l.commission_id, coalesce(sum(l.amount) filter (where p.state = 'open'), 0) as open,
          coalesce(sum(l.amount) filter (where p.state = 'paid'), 0) as paid
        from commissions.payout_line l join commissions.payout p using (company_id, payout_id)
        group by company_id, l.commission_id) l using (company_id, commission_id)
      where (c.in_payout, c.paid_out) is distinct from (coalesce(l.open, 0), coalesce(l.paid, 0))`,
  },
  {
    id: 'I5.sum',
    description: 'Each payout is the sum of its lines',
    sql: `
      select p.company_id, p.payout_id, p.amount, l.sum
      from commissions.payout p left join (
        select company_id, payout_id, sum(amount) from commissions.payout_line group by company_id, payout_id
      ) l using (company_id, payout_id)
      where l.sum is distinct from p.amount`,
  },
  ...OWING_INVARIANTS,
];
