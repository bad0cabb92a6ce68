import type { Invariant } from '#database';

/** To whom the ledger owes, and for what: the sums of I3 to I5 would hold of a wrong debt too. */
export const OWING_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I3.credited',
    description: 'A subject owes nobody but the partnership credited with it, and nothing once it is deleted',
    sql: `
      select c.company_id, c.commission_id, c.partnership_id, s.partnership_id as credited, s.deletion_reason
      from commissions.commission c
      left join commissions.subject s
        on s.company_id = c.company_id and s.kind = c.subject_kind and s.key = c.subject_key
      where c.subject_kind <> 'adjustment' and c.held + c.payable + c.in_payout + c.paid_out <> 0
        and (s.partnership_id is distinct from c.partnership_id or s.deletion_reason is not null)`,
  },
  {
    id: 'I4.whose',
    description: 'Every posting is of a commission, of its partnership and in its currency',
    sql: `
      select g.company_id, g.posting_group_id, g.commission_id, p.partnership_id, p.currency
      from commissions.posting_group g
      join commissions.posting p using (company_id, posting_group_id)
      left join commissions.commission c
        on c.company_id = g.company_id and c.commission_id = g.commission_id
      where (g.partnership_id, p.partnership_id, p.currency)
        is distinct from (c.partnership_id, c.partnership_id, c.currency)`,
  },
];
