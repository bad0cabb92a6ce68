import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';

/** The group that a partnership was in at a time; before the first one, the first one. */
export async function groupAt(
  tx: Transaction,
  {
    companyId,
    partnershipId,
  }: { readonly companyId: Id<'Company'>; readonly partnershipId: Id<'Partnership'> },
  at: Date,
): Promise<Id<'Group'>> {
  const [row] = await tx.query<{ group_id: string }>(
    `select group_id from approvals.partnership_group
      where company_id = $1 and partnership_id = $2
      order by effective_from > $3, case when effective_from <= $3 then effective_from end desc, effective_from
      limit 1`,
    [companyId, partnershipId, at],
  );
  if (!row) throw new Error(`partnership ${partnershipId} is in no group`);
  return asId('Group', row.group_id);
}
