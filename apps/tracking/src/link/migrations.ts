import { type Migration, tenantTable } from '#database';

/**
 * Links are never deleted: a printed one must go on leading somewhere. Only the redirect reads them across
 * tenants (role `bus`, select alone), since a slug names no company.
 */
export const LINK_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_21_tracking_link',
    up: [
      `create table tracking.link (
        company_id uuid not null,
        link_id uuid not null,
        program_id uuid not null,
        partnership_id uuid not null,
        slug text not null check (slug ~ '^[a-z0-9-]{3,64}$'),
        destination_url text not null check (destination_url ~ '^https?://' and length(destination_url) <= 2048),
        created_at timestamptz not null,
        updated_at timestamptz not null default clock_timestamp(),
        primary key (company_id, link_id)
      )`,
      'create unique index link_slug on tracking.link (slug)',
      'create index link_of_partnership on tracking.link (company_id, partnership_id, link_id)',
      'create index link_changed on tracking.link (updated_at)',
      ...tenantTable('tracking.link', { partnership: 'partnership_id', passes: ['bus'] }),
      'grant select, insert on tracking.link to fairlead_tracking',
      'grant select on tracking.link to fairlead_bus',
    ],
  },
  {
    name: '20261121_21_tracking_destination_domain',
    up: [
      `create table tracking.destination_domain (
        company_id uuid not null,
        domain text not null check (length(domain) between 1 and 253),
        actor text not null,
        created_at timestamptz not null,
        primary key (company_id, domain)
      )`,
      ...tenantTable('tracking.destination_domain'),
      'grant select, insert, delete on tracking.destination_domain to fairlead_tracking',
    ],
  },
  {
    name: '20261121_25_tracking_published_link',
    up: [
      `create view tracking.published_link with (security_barrier) as
         select company_id, link_id, program_id, partnership_id, slug, destination_url from tracking.link`,
      'grant usage on schema tracking to fairlead_approvals',
      'grant select on tracking.published_link to fairlead_approvals',
    ],
  },
];
