import { tenantTable } from '#database';

/**
 * Amounts that a company gives or takes by hand: each is a commission of its own without an offer, whose
 * subject is the adjustment itself, and may be negative.
 */
export const ADJUSTMENT_TABLES: readonly string[] = [
  `create table commissions.adjustment (
    company_id uuid not null,
    commission_id uuid not null,
    partnership_id uuid not null,
    reason text not null check (length(reason) between 1 and 1000),
    actor text not null,
    created_at timestamptz not null,
    primary key (company_id, commission_id),
    foreign key (company_id, commission_id) references commissions.commission
  )`,
  ...tenantTable('commissions.adjustment', { partnership: 'partnership_id' }),
  'grant select, insert on commissions.adjustment to fairlead_commissions',
  ...['evaluation', 'commission'].map(
    (table) => `alter table commissions.${table}
      alter column offer_id drop not null,
      add constraint ${table}_offer_check check ((offer_id is null) = (subject_kind = 'adjustment')),
      drop constraint ${table}_amount_check,
      add constraint ${table}_amount_check check (amount >= 0 or subject_kind = 'adjustment')`,
  ),
  `alter table commissions.evaluation
    alter column offer_version drop not null,
    drop constraint evaluation_target_amount_check,
    add constraint evaluation_target_amount_check check (target_amount >= 0 or subject_kind = 'adjustment')`,
];
