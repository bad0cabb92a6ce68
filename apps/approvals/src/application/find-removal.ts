import type { Database } from '#database';
import { asId, type Id } from '#kernel';
import type { Membership } from '../partnership/open-partnership.js';

/**
 * The removal that an application has to be looked at for: of the partner itself, ever; else of another partner who
 * is removed now and in whose team somebody was, then or later, who is in this one's team today.
 * @returns whose removal it was, or null. Who comes back under another address is not found.
 */
export async function findRemoval(
  database: Database,
  { companyId, programId, partnerId }: Membership,
): Promise<Id<'Partnership'> | null> {
  const [removed] = await database.transaction({ companies: [companyId], partner: partnerId }, (tx) =>
    tx.query<{ partnership_id: string }>(
      `select e.partnership_id from approvals.membership_period e
        where e.company_id = $1 and e.program_id = $2 and e.end_kind = 'removed'
          and (e.partner_id = $3 or (
            not exists (
              select 1 from approvals.membership_period later
               where later.company_id = $1 and later.partnership_id = e.partnership_id
                 and later.started_at > e.started_at)
            and exists (
              select 1 from access.published_partner_person other
               where other.partner_id = e.partner_id
                 and (other.removed_at is null or other.removed_at >= e.ended_at)
                 and other.person_id = any(array(
                   select person_id from access.published_partner_person
                    where partner_id = $3 and removed_at is null)))))
        order by e.partner_id = $3 desc, e.ended_at desc limit 1`,
      [companyId, programId, partnerId],
    ),
  );
  return removed ? asId('Partnership', removed.partnership_id) : null;
}
