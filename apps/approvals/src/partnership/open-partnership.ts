import { LockMode } from '@mikro-orm/core';
import type { Transaction } from '#database';
import { Conflict, type Id } from '#kernel';
import { Partnership } from './partnership.entity.js';

/** One partner and one program, and the partnership that ties or will tie them. */
export interface Membership {
  readonly companyId: Id<'Company'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly partnerId: Id<'Partner'>;
}

/**
 * Opens a partnership for an application: a new one, or again the one there is.
 * @throws Conflict `partnership.<state>`, `partnership.barred`
 */
export async function openPartnership(
  tx: Transaction,
  { companyId, partnershipId, programId, partnerId }: Membership,
  at: Date,
): Promise<{ readonly partnership: Partnership; readonly isNew: boolean }> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
  const existing = await tx.em.findOne(Partnership, { companyId, partnershipId }, lock);
  if (existing) {
    existing.applyAgain();
    return { partnership: existing, isNew: false };
  }
  const created = await tx.query(
    `insert into approvals.partnership (company_id, partnership_id, program_id, partner_id, state, created_at)
     values ($1, $2, $3, $4, 'pending', $5) on conflict do nothing returning 1`,
    [companyId, partnershipId, programId, partnerId, at],
  );
  // Two first applications at once: the other one made the partnership.
  if (created.length === 0) {
    throw new Conflict('partnership.pending', 'You have already applied; the company is reviewing it.');
  }
  return { partnership: await tx.em.findOneOrFail(Partnership, { companyId, partnershipId }), isNew: true };
}
