import { type Migration, tenantTable } from '#database';

/** A company's connected platforms: what they are, what signs their webhooks, how their bodies are read. */
export const INTEGRATION_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_24_tracking_integration',
    up: [
      `create table tracking.integration (
        company_id uuid not null,
        integration_id uuid not null,
        kind text not null check (kind in ('native', 'stripe')),
        name text not null check (length(name) between 1 and 100),
        created_at timestamptz not null,
        primary key (company_id, integration_id)
      )`,
      // An ingest URL names the integration only; its company is found here.
      'create unique index integration_by_id on tracking.integration (integration_id)',
      `create table tracking.integration_fulfilment_policy (
        company_id uuid not null,
        integration_id uuid not null,
        effective_from timestamptz not null,
        fulfilment_policy text not null check (fulfilment_policy in ('none', 'first')),
        primary key (company_id, integration_id, effective_from),
        foreign key (company_id, integration_id) references tracking.integration
      )`,
      `create table tracking.integration_secret (
        company_id uuid not null,
        integration_id uuid not null,
        secret_id uuid not null,
        sealed text not null,
        created_at timestamptz not null,
        revoked_at timestamptz,
        primary key (company_id, integration_id, secret_id),
        foreign key (company_id, integration_id) references tracking.integration
      )`,
      `create table tracking.integration_mapping (
        company_id uuid not null,
        integration_id uuid not null,
        version int not null check (version > 0),
        mapping jsonb not null,
        actor text not null,
        created_at timestamptz not null,
        primary key (company_id, integration_id, version),
        foreign key (company_id, integration_id) references tracking.integration
      )`,
      ...tenantTable('tracking.integration', { passes: ['bus'] }),
      ...tenantTable('tracking.integration_fulfilment_policy'),
      ...tenantTable('tracking.integration_secret', { passes: ['bus'] }),
      ...tenantTable('tracking.integration_mapping'),
      'grant select, insert, update on tracking.integration, tracking.integration_secret to fairlead_tracking',
      `grant select, insert on tracking.integration_fulfilment_policy, tracking.integration_mapping
         to fairlead_tracking`,
      'grant select on tracking.integration, tracking.integration_secret to fairlead_bus',
    ],
  },
  {
    name: '20261121_22_tracking_fulfilment_policies',
    up: [
      `alter table tracking.integration_fulfilment_policy
         drop constraint integration_fulfilment_policy_fulfilment_policy_check,
         add check (fulfilment_policy in ('none', 'first', 'lines', 'complete'))`,
    ],
  },
];
