import { type Migration, tenantTable } from '#database';
import { idempotencyTable } from '#http';

/** What operators did to deliveries, by whom and why. Deliveries and revisions themselves are the bus's. */
export const RECONCILIATION_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_60_reconciliation_intervention',
    up: [
      'create schema reconciliation',
      `create table reconciliation.intervention (
        company_id uuid not null,
        intervention_id uuid not null,
        event_id uuid not null,
        consumer text not null,
        action text not null check (action in ('replay', 'discard')),
        outcome text not null check (outcome in ('applied', 'already_done', 'already_under_way', 'already_discarded')),
        revision int not null check (revision >= 0),
        reason text not null,
        actor text not null,
        state_before text not null,
        failure_before jsonb,
        created_at timestamptz not null,
        primary key (company_id, intervention_id)
      )`,
      `create index intervention_delivery on reconciliation.intervention
         (company_id, event_id, consumer, intervention_id)`,
      ...tenantTable('reconciliation.intervention'),
      ...idempotencyTable('reconciliation'),
      'grant usage on schema reconciliation to fairlead_reconciliation',
      'grant select, insert on reconciliation.intervention to fairlead_reconciliation',
    ],
  },
];
