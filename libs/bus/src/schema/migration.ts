import { type Migration, tenantTable } from '#database';

/**
 * The bus: what happened (`event`), who still has to hear of it (`delivery`), and what ops changed about
 * it (`event_revision`). Every service's role publishes; only its own deliveries are its to finish.
 */
export const BUS_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_01_bus',
    up: [
      'create schema bus',
      `create table bus.event (
        company_id uuid not null,
        event_id uuid not null,
        type text not null,
        occurred_at timestamptz not null,
        recorded_at timestamptz not null default now(),
        correlation_id uuid not null,
        causation_id uuid,
        traceparent text,
        data jsonb not null,
        primary key (company_id, event_id)
      )`,
      `create table bus.event_revision (
        company_id uuid not null,
        event_id uuid not null,
        revision int not null check (revision > 0),
        data jsonb not null,
        reason text not null,
        actor text not null,
        created_at timestamptz not null,
        primary key (company_id, event_id, revision),
        foreign key (company_id, event_id) references bus.event
      )`,
      `create table bus.delivery (
        company_id uuid not null,
        event_id uuid not null,
        consumer text not null,
        event_type text not null,
        state text not null default 'ready'
          check (state in ('ready', 'sent', 'parked', 'done', 'ignored', 'dead')),
        attempts int not null default 0,
        generation int not null default 1,
        due_at timestamptz not null default now(),
        lease_until timestamptz,
        batch_id uuid,
        wait_key text,
        deadline_at timestamptz,
        reason text,
        error jsonb,
        created_at timestamptz not null default now(),
        finished_at timestamptz,
        primary key (company_id, event_id, consumer)
      ) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0)`,
      `create index delivery_ready on bus.delivery (consumer, event_type, company_id, due_at) where state = 'ready'`,
      `create index delivery_sent on bus.delivery (consumer, batch_id) where state = 'sent'`,
      `create index delivery_waiting on bus.delivery (company_id, consumer, wait_key)
         where wait_key is not null and state in ('parked', 'ignored')`,
      `create index delivery_parked on bus.delivery (consumer, due_at) where state = 'parked'`,
      `create index delivery_deadline on bus.delivery (consumer, deadline_at) where state = 'parked'`,
      `create index delivery_dead on bus.delivery (company_id, finished_at) where state = 'dead'`,
      ...['event', 'event_revision', 'delivery'].flatMap((table) =>
        tenantTable(`bus.${table}`, { passes: ['bus'] }),
      ),
      `grant usage on schema bus to fairlead_access, fairlead_tracking, fairlead_attribution,
         fairlead_commissions, fairlead_approvals, fairlead_messaging, fairlead_reconciliation, fairlead_bus`,
      `grant select, insert on bus.event to fairlead_access, fairlead_tracking, fairlead_attribution,
         fairlead_commissions, fairlead_approvals, fairlead_messaging, fairlead_reconciliation, fairlead_bus`,
      `grant select, insert, update on bus.delivery to fairlead_access, fairlead_tracking, fairlead_attribution,
         fairlead_commissions, fairlead_approvals, fairlead_messaging, fairlead_reconciliation, fairlead_bus`,
      `grant select on bus.event_revision to fairlead_tracking, fairlead_attribution,
         fairlead_commissions, fairlead_approvals, fairlead_messaging, fairlead_bus`,
      `grant select, insert on bus.event_revision to fairlead_reconciliation`,
    ],
  },
];
