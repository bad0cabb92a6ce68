import type { SqlValue, Transaction } from '#database';
import type { PartnershipState } from '#http';
import { asId, type Id, NotFound } from '#kernel';

/** A group and since when, or from when on, the partner is in it. */
export interface PartnershipGroup {
  readonly groupId: Id<'Group'>;
  readonly name: string;
  readonly since: Date;
}

/** A membership as the company sees it. */
export interface PartnershipView {
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly partner: { readonly partnerId: Id<'Partner'>; readonly name: string; readonly email: string };
  readonly group: PartnershipGroup;
  /** A move planned for later. */
  readonly nextGroup: PartnershipGroup | null;
  readonly state: PartnershipState;
  readonly approvedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  readonly hasAcceptedTerms: boolean;
  readonly areLinksEnabled: boolean;
  /** The company's word for this partner; null follows the program. */
  readonly linksOverride: boolean | null;
  readonly areLeadsEnabled: boolean;
  readonly areDealsEnabled: boolean;
  readonly mayApplyAgain: boolean;
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
  readonly are_leads_enabled: boolean;
  readonly are_deals_enabled: boolean;
  readonly may_apply_again: boolean;
  readonly current_group: GroupRow;
  readonly next_group: GroupRow | null;
}

interface GroupRow {
  readonly group_id: string;
  readonly name: string;
  readonly effective_from: string;
}

const GROUPS_OF_PARTNER = `from approvals.published_partnership_group m
  join approvals.published_group g on g.company_id = m.company_id and g.group_id = m.group_id
  where m.company_id = p.company_id and m.partnership_id = p.partnership_id`;

/** @param condition SQL over `p` (the partnership), `v` (it as published) or `c` (its group), ended by order and limit where it lists */
export async function selectPartnerships(
  tx: Transaction,
  condition: string,
  parameters: readonly SqlValue[],
): Promise<PartnershipView[]> {
  const rows = await tx.query<Row>(
    `select p.partnership_id, p.program_id, p.partner_id, p.state, p.approved_at, p.ended_at, p.end_reason,
       p.links_override, p.may_apply_again, v.has_accepted_terms, v.are_links_enabled, v.are_leads_enabled,
       v.are_deals_enabled, to_json(c) as current_group, to_json(n) as next_group,
       coalesce(r.name, '') as partner_name, coalesce(r.email, '') as partner_email
     from approvals.partnership p
     join approvals.published_partnership v
       on v.company_id = p.company_id and v.partnership_id = p.partnership_id
     join lateral (
       select m.group_id, g.name, m.effective_from ${GROUPS_OF_PARTNER}
        order by m.effective_from <= clock_timestamp() desc, abs(extract(epoch from m.effective_from - clock_timestamp())) limit 1) c on true
     left join lateral (
       select m.group_id, g.name, m.effective_from ${GROUPS_OF_PARTNER} and m.effective_from > clock_timestamp()
        order by m.effective_from limit 1) n on n.effective_from > c.effective_from
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
    group: groupOf(row.current_group),
    nextGroup: row.next_group && groupOf(row.next_group),
    state: row.state,
    approvedAt: row.approved_at === null ? null : new Date(row.approved_at),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at),
    endReason: row.end_reason,
    hasAcceptedTerms: row.has_accepted_terms,
    areLinksEnabled: row.are_links_enabled,
    linksOverride: row.links_override,
    areLeadsEnabled: row.are_leads_enabled,
    areDealsEnabled: row.are_deals_enabled,
    mayApplyAgain: row.may_apply_again,
  }));
}

function groupOf({ group_id, name, effective_from }: GroupRow): PartnershipGroup {
  return { groupId: asId('Group', group_id), name, since: new Date(effective_from) };
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
