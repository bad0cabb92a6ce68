import { type Migration, tenantTable } from '#database';

/** What an application asks for, the rules that decide it, and invitations to make one. */
export const APPLICATIONS: readonly Migration[] = [
  {
    name: '20261121_11_approvals_applications',
    up: [
      `create table approvals.application_form (
        company_id uuid not null,
        program_id uuid not null,
        version int not null check (version > 0),
        fields jsonb not null,
        actor text not null,
        published_at timestamptz not null,
        primary key (company_id, program_id, version),
        foreign key (company_id, program_id) references approvals.program
      )`,
      `create table approvals.application_rules (
        company_id uuid not null,
        program_id uuid not null,
        version int not null check (version > 0),
        rules jsonb not null,
        actor text not null,
        published_at timestamptz not null,
        primary key (company_id, program_id, version),
        foreign key (company_id, program_id) references approvals.program
      )`,
      `create table approvals.invitation (
        company_id uuid not null,
        invitation_id uuid not null,
        program_id uuid not null,
        email text not null check (email = lower(email)),
        group_id uuid,
        message text,
        invited_by text not null,
        invited_at timestamptz not null,
        expires_at timestamptz not null check (expires_at > invited_at),
        revoked_at timestamptz,
        revoked_by text,
        used_at timestamptz,
        application_id uuid,
        primary key (company_id, invitation_id),
        foreign key (company_id, program_id) references approvals.program,
        foreign key (company_id, program_id, group_id)
          references approvals.program_group (company_id, program_id, group_id),
        foreign key (company_id, application_id) references approvals.application,
        check ((used_at is null) = (application_id is null)),
        check ((revoked_at is null) = (revoked_by is null)),
        check (used_at is null or revoked_at is null)
      )`,
      `create unique index invitation_open on approvals.invitation (company_id, program_id, email)
         where used_at is null and revoked_at is null`,
      'create index invitation_of_program on approvals.invitation (company_id, program_id, invitation_id)',
      // What the automatic rules made of it, told rule by rule; null where nobody was asked yet.
      `alter table approvals.application
         add column country text check (country ~ '^[A-Z]{2}$'),
         add column form_version int,
         add column answers jsonb not null default '[]',
         add column rules_version int,
         add column automatic_decision jsonb`,
      ...['application_form', 'application_rules', 'invitation'].flatMap((table) =>
        tenantTable(`approvals.${table}`),
      ),
      'grant select, insert on approvals.application_form, approvals.application_rules to fairlead_approvals',
      'grant select, insert, update on approvals.invitation to fairlead_approvals',
    ],
  },
];
