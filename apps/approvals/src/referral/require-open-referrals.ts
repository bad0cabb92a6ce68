import type { ReferralKind } from '#contracts';
import type { Transaction } from '#database';
import type { PartnershipOfPartner, PartnershipState } from '#http';
import { asId, Forbidden, type Id } from '#kernel';

interface Row {
  readonly has_accepted_terms: boolean;
  readonly are_leads_enabled: boolean;
  readonly are_deals_enabled: boolean;
  readonly group_id: string;
}

/**
 * Leads and deals are open to approved partners who accepted the current terms, where the company enabled
 * them for the program or the partner's group (B-37, B-38).
 * @returns the partner's group
 * @throws Forbidden that says what is missing and what to do
 */
export async function requireOpenReferrals(
  tx: Transaction,
  { companyId, partnershipId, state }: PartnershipOfPartner,
  kind: ReferralKind,
): Promise<Id<'Group'>> {
  if (state !== 'approved') throw new Forbidden(`partnership.${state}`, NOT_APPROVED[state](kind));
  const [row] = await tx.query<Row>(
    `select has_accepted_terms, are_leads_enabled, are_deals_enabled, group_id
       from approvals.published_partnership where company_id = $1 and partnership_id = $2`,
    [companyId, partnershipId],
  );
  const isEnabled = kind === 'lead' ? row?.are_leads_enabled : row?.are_deals_enabled;
  if (!row || !isEnabled) {
    throw new Forbidden(
      `${kind}.not_enabled`,
      `The company has not enabled ${kind}s for you. Ask it for them in Messages.`,
    );
  }
  if (!row.has_accepted_terms) {
    throw new Forbidden(
      'terms.not_accepted',
      `Accept the current terms of the program first; then you can submit ${kind}s. Questions about them go to Messages.`,
    );
  }
  return asId('Group', row.group_id);
}

const NOT_APPROVED: Readonly<Record<Exclude<PartnershipState, 'approved'>, (kind: ReferralKind) => string>> =
  {
    pending: (kind) => `You can submit ${kind}s when the company approves your application.`,
    declined: (kind) =>
      `The company declined your application, so you cannot submit ${kind}s. You can apply again.`,
    left: (kind) => `Your membership of this program has ended, so you cannot submit ${kind}s.`,
    removed: (kind) => `Your membership of this program has ended, so you cannot submit ${kind}s.`,
  };
