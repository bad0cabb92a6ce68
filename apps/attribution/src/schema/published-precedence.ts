/** What a simulation of commissions needs to decide as attribution would. */
export const PUBLISHED_PRECEDENCE: readonly string[] = [
  `create view attribution.published_precedence with (security_barrier) as
     select company_id, effective_from, methods from attribution.precedence`,
  'grant usage on schema attribution to fairlead_commissions',
  'grant select on attribution.published_precedence to fairlead_commissions',
];
