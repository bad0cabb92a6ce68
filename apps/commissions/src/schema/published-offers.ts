/** What offers say, for the program summary; the base tables' row-level security applies to whoever reads it. */
export const PUBLISHED_OFFERS: readonly string[] = [
  `create view commissions.published_offer_version with (security_barrier) as
     select v.company_id, v.offer_id, o.program_id, o.name, v.version, v.effective_from, v.rule
       from commissions.offer_version v
       join commissions.offer o on o.company_id = v.company_id and o.offer_id = v.offer_id`,
  `create view commissions.published_offer_override with (security_barrier) as
     select company_id, offer_id, partnership_id, effective_from, reward from commissions.offer_override`,
  'grant usage on schema commissions to fairlead_approvals',
  `grant select on commissions.published_offer_version, commissions.published_offer_override,
     commissions.published_commission to fairlead_approvals`,
];
