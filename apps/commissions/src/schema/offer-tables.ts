import { tenantTable } from '#database';

/** Offers and their versions. A version is never changed: the service has no grant to do so. */
export const OFFER_TABLES: readonly string[] = [
  `create table commissions.offer (
    company_id uuid not null,
    offer_id uuid not null,
    program_id uuid not null,
    name text not null check (length(name) between 1 and 200),
    actor text not null,
    created_at timestamptz not null,
    primary key (company_id, offer_id)
  )`,
  'create index offer_of_program on commissions.offer (company_id, program_id, offer_id)',
  `create table commissions.offer_version (
    company_id uuid not null,
    offer_id uuid not null,
    version int not null check (version > 0),
    effective_from timestamptz not null,
    rule jsonb not null,
    actor text not null,
    created_at timestamptz not null,
    primary key (company_id, offer_id, version),
    unique (company_id, offer_id, effective_from),
    foreign key (company_id, offer_id) references commissions.offer
  )`,
  ...['offer', 'offer_version'].flatMap((table) => tenantTable(`commissions.${table}`)),
  'grant select, insert on commissions.offer, commissions.offer_version to fairlead_commissions',
  // To number versions one after the other, adding one locks its offer; a lock needs the right to update.
  'grant update (name) on commissions.offer to fairlead_commissions',
];
