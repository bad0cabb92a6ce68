import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';
import { PartnershipNotApproved } from './code.errors.js';

/**
 * The program of an approved partnership of the company.
 * @throws PartnershipNotApproved
 */
export async function programOfApproved(
  tx: Transaction,
  companyId: Id<'Company'>,
  partnershipId: Id<'Partnership'>,
): Promise<Id<'Program'>> {
  const [row] = await tx.query<{ program_id: string }>(
    `select program_id from approvals.published_partnership
     where company_id = $1 and partnership_id = $2 and state = 'approved'`,
    [companyId, partnershipId],
  );
  if (!row) throw new PartnershipNotApproved();
  return asId('Program', row.program_id);
}
