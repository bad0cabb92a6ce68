import type { Transaction } from '#database';
import { asId, type Id, InvalidInput } from '#kernel';

class PartnershipNotApproved extends InvalidInput {
  constructor() {
    const message = 'must be an approved partnership of your company';
    super('partnership.not_approved', `partnershipId ${message}.`, [{ field: 'partnershipId', message }]);
  }
}

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
