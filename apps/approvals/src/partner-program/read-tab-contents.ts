import type { Transaction } from '#database';
import type { PartnershipOfPartner } from '#http';
import type { TabContents } from './empty-states.js';

type Row = Readonly<Record<keyof TabContents, boolean>>;

/** Whether there is anything of the partner's own to show, tab by tab, wherever it is kept. */
export async function readTabContents(
  tx: Transaction,
  { companyId, partnershipId }: PartnershipOfPartner,
): Promise<TabContents> {
  const [row] = await tx.query<Row>(
    `select
       exists (select 1 from tracking.published_link
                where company_id = $1 and partnership_id = $2) as links,
       exists (select 1 from approvals.referral
                where company_id = $1 and partnership_id = $2 and kind = 'lead') as leads,
       exists (select 1 from approvals.referral
                where company_id = $1 and partnership_id = $2 and kind = 'deal') as deals,
       exists (select 1 from attribution.published_customer
                where company_id = $1 and partnership_id = $2) as customers,
       exists (select 1 from commissions.published_commission
                where company_id = $1 and partnership_id = $2) as commissions`,
    [companyId, partnershipId],
  );
  const of = (tab: keyof TabContents) => (row?.[tab] ? 'some' : 'none');
  return {
    links: of('links'),
    leads: of('leads'),
    deals: of('deals'),
    customers: of('customers'),
    commissions: of('commissions'),
  };
}
