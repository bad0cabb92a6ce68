import { type Migration, tenantTable } from '#database';

/**
 * Discount codes. A code is one company's, whoever it belongs to: texts are unique without case over all of
 * its programs, for ever, since an order may come late. Whose it is, is effective-dated.
 */
export const CODE_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261121_20_tracking_code',
    up: [
      `create table tracking.code (
        company_id uuid not null,
        code_id uuid not null,
        code text not null check (length(code) between 1 and 100),
        platform_ids text[] not null,
        actor text not null,
        created_at timestamptz not null,
        primary key (company_id, code_id)
      )`,
      `create table tracking.code_text (
        company_id uuid not null,
        code text not null,
        code_id uuid not null,
        primary key (company_id, code),
        foreign key (company_id, code_id) references tracking.code
      )`,
      `create table tracking.code_assignment (
        company_id uuid not null,
        assignment_id uuid not null,
        code_id uuid not null,
        program_id uuid not null,
        partnership_id uuid not null,
        effective_from timestamptz not null,
        effective_until timestamptz check (effective_until > effective_from),
        actor text not null,
        primary key (company_id, assignment_id),
        unique (company_id, code_id, effective_from),
        foreign key (company_id, code_id) references tracking.code
      )`,
      'create index code_assignment_of_partnership on tracking.code_assignment (company_id, partnership_id, assignment_id)',
      ...tenantTable('tracking.code'),
      ...tenantTable('tracking.code_text'),
      ...tenantTable('tracking.code_assignment', { partnership: 'partnership_id' }),
      'grant select, insert on tracking.code_text to fairlead_tracking',
      // Updating is what locking a code's row takes.
      'grant select, insert, update on tracking.code, tracking.code_assignment to fairlead_tracking',
      `create view tracking.published_code with (security_barrier) as
         select t.company_id, t.code, a.partnership_id, a.program_id, a.effective_from, a.effective_until
         from tracking.code_text t join tracking.code_assignment a using (company_id, code_id)`,
      'grant select on tracking.published_code to fairlead_attribution',
    ],
  },
];
