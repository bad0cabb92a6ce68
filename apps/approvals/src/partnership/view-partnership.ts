import type { SqlValue, Transaction } from '#database';
import type { PartnershipState } from '#http';
import { asId, type Id, NotFound } from '#kernel';

/** A membership as the company sees it. */
export interface PartnershipView {
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly partner: { readonly partnerId: Id<'Partner'>; readonly name: string; readonly email: string };
  readonly state: PartnershipState;
  readonly approvedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  readonly hasAcceptedTerms: boolean;
  readonly areLinksEnabled: boolean;
  /** The company's word for this partner; null follows the program. */
  readonly linksOverride: boolean | null;
}

interface Row {
  readonly partnership_id: string;
  readonly program_id: string;
  readonly partner_id: string;
  readonly partner_name: string;
  readonly partner_email: string;
  readonly state: PartnershipState;
  readonly approved_at: string | null;
  readonly ended_at: string | null;
  readonly end_reason: string | null;
  readonly has_accepted_terms: boolean;
  readonly are_links_enabled: boolean;
  readonly links_override: boolean | null;
}

/** @param condition SQL over `p` (the partnership), ended by order and limit where it lists */
export async function selectPartnerships(
  tx: Transaction,
  condition: string,
  parameters: readonly SqlValue[],
): Promise<PartnershipView[]> {
  const rows = await tx.query<Row>(
    `select p.partnership_id, p.program_id, p.partner_id, p.state, p.approved_at, p.ended_at, p.end_reason,
       p.links_override, v.has_accepted_terms, v.are_links_enabled,
       coalesce(r.name, '') as partner_name, coalesce(r.email, '') as partner_email
     from approvals.partnership p
     join approvals.published_partnership v
       on v.company_id = p.company_id and v.partnership_id = p.partnership_id
     left join access.published_partner r on r.partner_id = p.partner_id
     where ${condition}`,
    parameters,
  );
  return rows.map((row) => ({
    partnershipId: asId('Partnership', row.partnership_id),
    programId: asId('Program', row.program_id),
    partner: {
      partnerId: asId('Partner', row.partner_id),
      name: row.partner_name,
      email: row.partner_email,
    },
    state: row.state,
    approvedAt: row.approved_at === null ? null : new Date(row.approved_at),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at),
    endReason: row.end_reason,
    hasAcceptedTerms: row.has_accepted_terms,
    areLinksEnabled: row.are_links_enabled,
    linksOverride: row.links_override,
  }));
}

/** @throws NotFound */
export async function viewPartnership(
  tx: Transaction,
  companyId: Id<'Company'>,
  partnershipId: Id<'Partnership'>,
): Promise<PartnershipView> {
  const [view] = await selectPartnerships(tx, 'p.company_id = $1 and p.partnership_id = $2', [
    companyId,
    partnershipId,
  ]);
  if (!view) throw new NotFound('partnership');
  return view;
}
