import { type Migration, tenantTable } from '#database';
import { idempotencyTable } from '#http';

/** Notices in the partner's own list, and the outbox of e-mails with what became of each. */
export const MESSAGING_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_50_messaging_notices',
    up: [
      'create schema messaging',
      // One row per event, whatever arrives twice; the key serves the partner's list, newest first.
      `create table messaging.notice (
        company_id uuid not null,
        partnership_id uuid not null,
        notice_id uuid not null,
        event_id uuid not null,
        partner_id uuid not null,
        kind text not null,
        title text not null,
        body text not null,
        data jsonb not null,
        created_at timestamptz not null,
        read_at timestamptz,
        primary key (company_id, partnership_id, notice_id),
        unique (company_id, event_id)
      )`,
      `create table messaging.email (
        company_id uuid not null,
        email_id uuid not null,
        event_id uuid not null,
        partner_id uuid not null,
        recipient text not null,
        template text not null,
        params jsonb not null,
        message_id text not null,
        state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'failed', 'held')),
        reason text,
        attempts int not null default 0,
        due_at timestamptz not null default now(),
        created_at timestamptz not null default now(),
        sent_at timestamptz,
        primary key (company_id, email_id),
        unique (company_id, event_id)
      )`,
      // A row that is "sending" is due again when its lease, kept in due_at, is over.
      `create index email_due on messaging.email (company_id, due_at) where state in ('queued', 'sending')`,
      `create index email_held on messaging.email (company_id) where state = 'held'`,
      'create index email_newest on messaging.email (email_id)',
      'create index email_by_state on messaging.email (state, email_id)',
      `create table messaging.sign_in_reveal (
        company_id uuid not null,
        reveal_id uuid not null,
        email_id uuid not null,
        operator_id uuid not null,
        revealed_at timestamptz not null,
        primary key (company_id, reveal_id),
        foreign key (company_id, email_id) references messaging.email
      )`,
      ...tenantTable('messaging.notice', { partnership: 'partnership_id' }),
      ...tenantTable('messaging.email', { passes: ['bus'] }),
      ...tenantTable('messaging.sign_in_reveal'),
      'grant usage on schema messaging to fairlead_messaging, fairlead_bus',
      'grant select, insert, update on messaging.notice, messaging.email to fairlead_messaging',
      'grant select, insert on messaging.sign_in_reveal to fairlead_messaging',
      // The sweeper's role finds what is due in any company; it cannot read to whom or what.
      'grant select (company_id, email_id, state, due_at) on messaging.email to fairlead_bus',
      ...idempotencyTable('messaging'),
    ],
  },
  {
    name: '20261121_55_messaging_mail_of_the_installation',
    // Sign-in links and invitations go to people, who need not be partners.
    up: ['alter table messaging.email alter column partner_id drop not null'],
  },
];
