import type { Transaction } from '#database';
import type { PartnershipOfPartner } from '#http';
import { Forbidden } from '#kernel';

/**
 * Links are open to approved partners who accepted the current terms, where the company enabled links
 * (B-25, B-27, B-36). New terms lock creating and viewing; existing links go on redirecting and crediting.
 * @throws Forbidden that says what is missing and what to do
 */
export async function requireOpenLinks(tx: Transaction, partnership: PartnershipOfPartner): Promise<void> {
  switch (partnership.state) {
    case 'pending':
      throw new Forbidden(
        'partnership.pending',
        'Links open when the company approves your application. Write to it in Messages if it takes long.',
      );
    case 'declined':
      throw new Forbidden(
        'partnership.declined',
        'The company declined your application, so there are no links. You can apply again.',
      );
    case 'left':
    case 'removed':
      throw new Forbidden(
        `partnership.${partnership.state}`,
        'Your membership of this program has ended, and its links with it. Apply again to get new ones.',
      );
    case 'approved':
      await requireTermsAndLinks(tx, partnership);
  }
}

async function requireTermsAndLinks(tx: Transaction, partnership: PartnershipOfPartner): Promise<void> {
  const [row] = await tx.query<{ has_accepted_terms: boolean; are_links_enabled: boolean }>(
    `select has_accepted_terms, are_links_enabled from approvals.published_partnership
     where company_id = $1 and partnership_id = $2`,
    [partnership.companyId, partnership.partnershipId],
  );
  if (!row?.are_links_enabled) {
    throw new Forbidden(
      'link.not_enabled',
      'The company has not enabled links for you. Ask it for one by a link request.',
    );
  }
  if (!row.has_accepted_terms) {
    throw new Forbidden(
      'terms.not_accepted',
      'Accept the current terms of the program first; then your links open.',
    );
  }
}
