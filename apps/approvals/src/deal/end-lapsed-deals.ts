import type { Transaction } from '#database';
import type { Id } from '#kernel';

/** Registrations ended in one statement at the most. */
export const DEALS_AT_ONCE = 500;

/**
 * Ends the registrations whose time is over: their accounts are free again. Waits for one that somebody is
 * changing at this moment, and looks again then.
 * @returns how many ended
 */
export async function endLapsedDeals(tx: Transaction, companyId: Id<'Company'>, now: Date): Promise<number> {
  const ended = await tx.query(
    `with lapsed as (
       select company_id, referral_id from approvals.referral
        where company_id = $1 and kind = 'deal' and state in ('pending', 'open') and expires_at <= $2
        order by referral_id limit ${DEALS_AT_ONCE} for update
     ), ended as (
       update approvals.referral r set state = 'expired' from lapsed l
        where r.company_id = l.company_id and r.referral_id = l.referral_id
        returning r.company_id, r.referral_id, r.partnership_id
     )
     insert into approvals.referral_step
       (company_id, referral_id, step_no, partnership_id, step, stage_name, note, side, actor, at)
     select company_id, referral_id,
       (select max(s.step_no) + 1 from approvals.referral_step s
         where s.company_id = e.company_id and s.referral_id = e.referral_id),
       partnership_id, 'expired', null, null, 'fairlead', 'fairlead', $2
     from ended e returning 1`,
    [companyId, now],
  );
  return ended.length;
}
