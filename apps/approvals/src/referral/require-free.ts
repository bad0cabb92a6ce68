import type { Transaction } from '#database';
import { Conflict, publicId } from '#kernel';
import { findRival } from './claim.js';
import type { Referral } from './referral.entity.js';

/**
 * Refuses to bring a referral back to life while another one has its person or account.
 * @throws Conflict `referral.taken`, naming the other one to the company
 */
export async function requireFree(tx: Transaction, referral: Referral): Promise<void> {
  const { companyId, referralId } = referral;
  const rival = await findRival(tx, companyId, referral, referralId);
  if (!rival) return;
  throw new Conflict(
    'referral.taken',
    `${publicId('Referral', rival.referralId)} has the same person or account by now. Close that one first.`,
  );
}
