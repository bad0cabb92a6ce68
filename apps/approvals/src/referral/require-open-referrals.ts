import type { ReferralKind } from '#contracts';
import type { Transaction } from '#database';
import type { PartnershipOfPartner } from '#http';
import { Forbidden } from '#kernel';
import { readMembershipFacts } from '../partner-program/membership-facts.js';
import { lockOf, type LockReason } from '../partner-program/program-tabs.js';

/**
 * Leads and deals can be submitted while their tab is open (B-37, B-38): by approved partners who accepted the
 * current terms, where the company enabled them.
 * @throws Forbidden that says what is missing and what to do
 */
export async function requireOpenReferrals(
  tx: Transaction,
  partnership: PartnershipOfPartner,
  kind: ReferralKind,
): Promise<void> {
  const facts = await readMembershipFacts(tx, partnership);
  const lock = lockOf(`${kind}s`, facts);
  if (!lock) return;
  const code = CODES[lock.reason] ?? `partnership.${facts.state}`;
  throw new Forbidden(code, `You cannot submit ${kind}s now. ${lock.message}`);
}

const CODES: Readonly<Partial<Record<LockReason, string>>> = {
  TERMS_NOT_ACCEPTED: 'terms.not_accepted',
  LEADS_NOT_ENABLED: 'lead.not_enabled',
  DEALS_NOT_ENABLED: 'deal.not_enabled',
};
