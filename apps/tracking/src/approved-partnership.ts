import type { Transaction } from '#database';
import { asId, type Id, InvalidField } from '#kernel';

class PartnershipNotApproved extends InvalidField {
  constructor() {
    super('partnership.not_approved', 'partnershipId', 'must be an approved partnership of your company');
  }
}

/** A partner who is a member of a program now. */
export interface ApprovedPartnership {
  readonly partnershipId: Id<'Partnership'>;
  readonly partnerId: Id<'Partner'>;
  readonly programId: Id<'Program'>;
}

/** Null when the partnership is not approved, or another company's. */
export async function findApproved(
  tx: Transaction,
  companyId: Id<'Company'>,
  partnershipId: Id<'Partnership'>,
): Promise<ApprovedPartnership | null> {
  const [row] = await tx.query<{ program_id: string; partner_id: string }>(
    `select program_id, partner_id from approvals.published_partnership
     where company_id = $1 and partnership_id = $2 and state = 'approved'`,
    [companyId, partnershipId],
  );
  if (!row) return null;
  return {
    partnershipId,
    partnerId: asId('Partner', row.partner_id),
    programId: asId('Program', row.program_id),
  };
}

/** @throws PartnershipNotApproved */
export async function requireApproved(
  tx: Transaction,
  companyId: Id<'Company'>,
  partnershipId: Id<'Partnership'>,
): Promise<ApprovedPartnership> {
  const partnership = await findApproved(tx, companyId, partnershipId);
  if (!partnership) throw new PartnershipNotApproved();
  return partnership;
}
