import { type Migration, tenantTable } from '#database';
import { idempotencyTable } from '#http';
import {
  FORGOTTEN_SIGN_INS,
  IDENTITIES,
  PEOPLE,
  PEOPLE_OF_PARTNERS,
  SIGN_UP_IDENTITIES,
  TEAM_LOG,
} from './schema/people.js';

/**
 * Who may call. `company` and `api_key` are tenant tables; `member` and `team_invitation` belong to a company
 * or a partner. `person`, `identity`, `partner`, `sign_in`, `session` and `operator` belong to no tenant and have no
 * row-level security: only this service's role may touch them (see docs/adr/0003-credentials.md), others see
 * partners of their own programs through the view.
 */
export const GATEWAY_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_15_access_accounts',
    up: [
      'create schema access',
      `create table access.company (
        company_id uuid primary key,
        name text not null,
        fallback_url text,
        support_url text,
        support_email text,
        created_at timestamptz not null
      )`,
      `create table access.api_key (
        company_id uuid not null references access.company,
        api_key_id uuid not null,
        name text not null,
        secret_hash bytea not null,
        scopes text[] not null,
        created_by text not null,
        created_at timestamptz not null,
        last_used_at timestamptz,
        revoked_at timestamptz,
        primary key (company_id, api_key_id),
        unique (company_id, secret_hash)
      )`,
      `create table access.operator (
        operator_id uuid primary key,
        name text not null,
        role text not null check (role in ('viewer', 'operator', 'admin')),
        secret_hash bytea not null unique,
        created_at timestamptz not null,
        revoked_at timestamptz
      )`,
      `create table access.partner (
        partner_id uuid primary key,
        email text not null unique check (email = lower(email)),
        name text not null,
        wants_email boolean not null default true,
        created_at timestamptz not null
      )`,
      `create table access.sign_in (
        sign_in_id uuid primary key,
        partner_id uuid not null references access.partner,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz
      )`,
      'create index sign_in_of_partner on access.sign_in (partner_id, created_at)',
      `create table access.session (
        session_id uuid primary key,
        partner_id uuid not null references access.partner,
        generation int not null check (generation > 0),
        created_at timestamptz not null,
        refreshed_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        end_reason text check (end_reason in ('SIGNED_OUT', 'REFRESH_TOKEN_REUSED')),
        check ((ended_at is null) = (end_reason is null))
      )`,
      'create index session_of_partner on access.session (partner_id) where ended_at is null',
      ...tenantTable('access.company', { passes: ['access'] }),
      ...tenantTable('access.api_key'),
      'grant usage on schema access to fairlead_access',
      `grant select, insert, update on access.company, access.api_key, access.operator, access.partner,
         access.sign_in, access.session to fairlead_access`,
    ],
  },
  { name: '20261120_15_access_idempotency', up: idempotencyTable('access') },
  {
    name: '20261120_16_access_published',
    up: [
      `create view access.published_company with (security_barrier) as
         select company_id, name, fallback_url, support_url, support_email from access.company`,
      // A partner is seen by the companies whose programs it applied to, and by itself.
      `create view access.published_partner with (security_barrier) as
         select p.partner_id, p.name, p.email, p.wants_email from access.partner p
          where p.partner_id = (select nullif(current_setting('fairlead.partner', true), '')::uuid)
             or exists (select 1 from approvals.published_partnership m where m.partner_id = p.partner_id)`,
      'grant usage on schema access to fairlead_tracking, fairlead_approvals, fairlead_messaging',
      'grant select on access.published_company to fairlead_tracking, fairlead_approvals, fairlead_messaging',
      'grant select on access.published_partner to fairlead_messaging, fairlead_approvals',
    ],
  },
  PEOPLE,
  TEAM_LOG,
  IDENTITIES,
  SIGN_UP_IDENTITIES,
  FORGOTTEN_SIGN_INS,
  PEOPLE_OF_PARTNERS,
];
