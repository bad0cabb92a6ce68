import type { Migration } from '#database';

const setting = (name: string) => `(select nullif(current_setting('fairlead.${name}', true), '')::uuid)`;
const companies = `(select nullif(current_setting('fairlead.companies', true), '')::uuid[])::uuid[]`;

const OF_THE_ACCOUNT = `company_id = any (${companies}) or partner_id = ${setting('partner')}`;

/** A team's rows belong to one company or one partner; `seen` is what else may be read. */
function teamTable(table: string, seen = ''): string[] {
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy team on ${table} using (${OF_THE_ACCOUNT}${seen}) with check (${OF_THE_ACCOUNT})`,
    `grant select, insert, update on ${table} to fairlead_access`,
  ];
}

const ROLE = `role text not null check (role in ('viewer', 'member', 'admin', 'owner'))`;

const ACCOUNT = `
  company_id uuid references access.company,
  partner_id uuid references access.partner,
  account_id uuid not null generated always as (coalesce(company_id, partner_id)) stored,
  check (num_nonnulls(company_id, partner_id) = 1)`;

/**
 * People sign in; companies and partners have teams of them. Until now a partner was one person: each
 * becomes the owner of the own account and stays signed in. Sign-in links on their way (15 minutes) end.
 */
export const PEOPLE: Migration = {
  name: '20261121_15_access_people',
  up: [
    `create table access.person (
      person_id uuid primary key,
      email text not null unique check (email = lower(email)),
      name text not null,
      created_at timestamptz not null
    )`,
    'grant select, insert, update on access.person to fairlead_access',
    `insert into access.person (person_id, email, name, created_at)
     select partner_id, email, name, created_at from access.partner`,
    // From here on a partner's address is where its notices go, not who signs in.
    'alter table access.partner drop constraint partner_email_key',
    'alter table access.partner add column founder_id uuid unique references access.person',
    'update access.partner set founder_id = partner_id',
    `create table access.member (
      member_id uuid not null,
      person_id uuid not null references access.person,
      ${ROLE},
      invited_by text not null,
      joined_at timestamptz not null,
      removed_at timestamptz,
      removed_by text,
      ${ACCOUNT},
      primary key (account_id, member_id),
      check ((removed_at is null) = (removed_by is null))
    )`,
    'create unique index member_once on access.member (person_id, account_id) where removed_at is null',
    `insert into access.member (member_id, partner_id, person_id, role, invited_by, joined_at)
     select partner_id, partner_id, partner_id, 'owner', 'sign-up', created_at from access.partner`,
    `create table access.team_invitation (
      invitation_id uuid not null,
      email text not null check (email = lower(email)),
      ${ROLE},
      invited_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      accepted_at timestamptz,
      revoked_at timestamptz,
      ${ACCOUNT},
      primary key (account_id, invitation_id)
    )`,
    `create index team_invitation_open on access.team_invitation (account_id, email)
      where accepted_at is null and revoked_at is null`,
    ...teamTable('access.member', ` or person_id = ${setting('person')}`),
    ...teamTable('access.team_invitation'),
    'drop table access.sign_in',
    `create table access.sign_in (
      sign_in_id uuid primary key,
      email text not null check (email = lower(email)),
      partner_name text,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz
    )`,
    'create index sign_in_of_email on access.sign_in (email, created_at)',
    'grant select, insert, update on access.sign_in to fairlead_access',
    'alter table access.session add column person_id uuid references access.person',
    'update access.session set person_id = partner_id',
    'alter table access.session alter column person_id set not null, drop column partner_id',
    'create index session_of_person on access.session (person_id) where ended_at is null',
  ],
};

/** What was done to a team, by whom: rows are only ever added. */
export const TEAM_LOG: Migration = {
  name: '20261121_16_access_team_log',
  up: [
    `create table access.team_change (
      change_id uuid not null,
      kind text not null check (kind in ('invited', 'revoked', 'joined', 'role_changed', 'removed')),
      email text not null,
      ${ROLE},
      actor text not null,
      changed_at timestamptz not null,
      ${ACCOUNT},
      primary key (account_id, change_id)
    )`,
    ...teamTable('access.team_change'),
    'revoke update on access.team_change from fairlead_access',
  ],
};

/** Which account at an OpenID Connect issuer is which person: its `sub` lasts, an address may change hands. */
export const IDENTITIES: Migration = {
  name: '20261121_17_access_identities',
  up: [
    `create table access.identity (
      issuer text not null,
      subject text not null,
      person_id uuid not null references access.person,
      bound_at timestamptz not null,
      primary key (issuer, subject),
      unique (issuer, person_id)
    )`,
    'create index identity_of_person on access.identity (person_id)',
    'grant select, insert, delete on access.identity to fairlead_access',
  ],
};

/** A sign-up by the issuer: whom the account is bound to as soon as there is one. */
export const SIGN_UP_IDENTITIES: Migration = {
  name: '20261121_18_access_sign_up_identities',
  up: [
    `alter table access.sign_in add issuer text, add subject text,
       add check ((issuer is null) = (subject is null))`,
  ],
};

/** Sign-ins are removed when their link is over. */
export const FORGOTTEN_SIGN_INS: Migration = {
  name: '20261122_15_access_forgotten_sign_ins',
  up: ['grant delete on access.sign_in to fairlead_access'],
};

/**
 * Who is or was in the teams of a company's own partners, by ids alone: so that a company that removed a partner is
 * told when somebody of that team applies in another one.
 */
export const PEOPLE_OF_PARTNERS: Migration = {
  name: '20261122_16_access_people_of_partners',
  up: [
    // For the view, which reads as the owner: services themselves see no more of the table than before.
    `create policy of_own_partners on access.member for select to fairlead_owner
       using (partner_id in (select m.partner_id from approvals.published_partnership m))`,
    'create index member_of_person on access.member (person_id)',
    `create view access.published_partner_person with (security_barrier) as
       select partner_id, person_id, removed_at from access.member where partner_id is not null`,
    'grant select on access.published_partner_person to fairlead_approvals',
  ],
};
