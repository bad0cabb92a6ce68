import type { Invariant } from '#database';

/** What must hold between memberships, their periods, groups and applications. Run by a login that sees every tenant. */
export const APPROVALS_INVARIANTS: readonly Invariant[] = [
  {
    id: 'M.period',
    description: 'A partner is approved while a period of the membership is open, and only then',
    sql: `
      select p.company_id, p.partnership_id, p.state, e.started_at
      from approvals.partnership p
      left join approvals.membership_period e
        on e.company_id = p.company_id and e.partnership_id = p.partnership_id and e.ended_at is null
      where (p.state = 'approved') <> (e.started_at is not null)`,
  },
  {
    id: 'M.apart',
    description: 'Periods of one membership never touch',
    sql: `
      select earlier.company_id, earlier.partnership_id, earlier.ended_at, later.started_at
      from approvals.membership_period earlier
      join approvals.membership_period later
        on later.company_id = earlier.company_id and later.partnership_id = earlier.partnership_id
          and later.started_at > earlier.started_at
      where earlier.ended_at is null or earlier.ended_at >= later.started_at`,
  },
  {
    id: 'M.group',
    description: 'Every program has a default group, and every partner is in a group',
    sql: `
      select company_id, program_id, null::uuid as partnership_id from approvals.program p
      where not exists (
        select from approvals.program_group g
        where g.company_id = p.company_id and g.program_id = p.program_id and g.is_default)
      union all
      select company_id, program_id, partnership_id from approvals.partnership p
      where not exists (
        select from approvals.partnership_group m
        where m.company_id = p.company_id and m.partnership_id = p.partnership_id)`,
  },
  {
    id: 'M.pending',
    description: 'A partnership is pending while one of its applications is, and only then',
    sql: `
      select p.company_id, p.partnership_id, p.state, a.application_id
      from approvals.partnership p
      left join approvals.application a
        on a.company_id = p.company_id and a.partnership_id = p.partnership_id and a.state = 'pending'
      where (p.state = 'pending') <> (a.application_id is not null)`,
  },
];
