import type { Transaction } from '#database';
import type { PartnershipOfPartner, PartnershipState } from '#http';
import { NotFound } from '#kernel';
import type { MembershipFacts } from './program-tabs.js';

interface Row {
  readonly state: PartnershipState;
  readonly has_been_member: boolean;
  readonly has_accepted_terms: boolean;
  readonly are_links_enabled: boolean;
  readonly are_leads_enabled: boolean;
  readonly are_deals_enabled: boolean;
  readonly is_links_program: boolean;
}

/** What decides, now, which parts of a program are open to a partner. @throws NotFound */
export async function readMembershipFacts(
  tx: Transaction,
  { companyId, partnershipId }: Pick<PartnershipOfPartner, 'companyId' | 'partnershipId'>,
): Promise<MembershipFacts> {
  const [row] = await tx.query<Row>(
    `select v.state, v.has_accepted_terms, v.are_links_enabled, v.are_leads_enabled, v.are_deals_enabled,
       exists (select 1 from approvals.membership_period m
                where m.company_id = v.company_id and m.partnership_id = v.partnership_id) as has_been_member,
       (select s.are_links_enabled from approvals.program_settings s
         where s.company_id = v.company_id and s.program_id = v.program_id
         order by s.effective_from desc limit 1) as is_links_program
     from approvals.published_partnership v
     where v.company_id = $1 and v.partnership_id = $2`,
    [companyId, partnershipId],
  );
  if (!row) throw new NotFound('program');
  return {
    state: row.state,
    hasBeenMember: row.has_been_member,
    hasAcceptedTerms: row.has_accepted_terms,
    areLinksEnabled: row.are_links_enabled,
    areLeadsEnabled: row.are_leads_enabled,
    areDealsEnabled: row.are_deals_enabled,
    isLinksProgram: row.is_links_program,
  };
}
