import { tenantTable } from '#database';
import { idempotencyTable } from '#http';

const SUBJECT_KINDS = `('signup', 'order', 'lead', 'deal', 'action')`;

/** Codes, leads, deals, named actions and the company's own word, beside clicks. */
export const WAYS_TO_REFER: readonly string[] = [
  `alter table attribution.decision
     drop constraint decision_subject_kind_check,
     drop constraint decision_method_check,
     drop constraint decision_cause_check,
     drop constraint decision_check,
     alter column cause_event_id drop not null`,
  'alter table attribution.decision rename column order_facts to subject_facts',
  `alter table attribution.decision
     add column codes text[],
     add column cancelled_at timestamptz(3),
     add column assignment_id uuid,
     add constraint decision_subject_kind_check check (subject_kind in ${SUBJECT_KINDS}),
     add constraint decision_method_check
       check (method in ('manual', 'bound_customer', 'code', 'last_click', 'lead', 'deal')),
     add constraint decision_cause_check
       check (cause in ('fact', 'late_fact', 'late_click', 'cancellation', 'referral', 'company')),
     add constraint decision_subject_facts_check check ((subject_facts is null) = (subject_kind = 'signup')),
     add constraint decision_cause_event_check check (cause_event_id is not null or assignment_id is not null)`,
  `create index decision_cancelled on attribution.decision (company_id, partnership_id)
     where cancelled_at is not null and superseded_at is null`,
  `alter table attribution.candidate
     drop constraint candidate_kind_check,
     drop constraint candidate_action_kind_check,
     add column code text,
     add constraint candidate_kind_check check (kind in ('binding', 'click', 'code', 'lead', 'deal', 'manual')),
     add constraint candidate_action_kind_check check (action_kind in ${SUBJECT_KINDS}),
     add constraint candidate_code_check check ((code is not null) = (kind = 'code'))`,
  `alter table attribution.customer
     drop constraint customer_bound_by_kind_check,
     add column lapsed_at timestamptz(3),
     add column assignment_id uuid,
     add column deleted_at timestamptz(3),
     add column deletion_reason text,
     add column deletion_note text,
     add column deleted_by text,
     add constraint customer_bound_by_kind_check
       check (bound_by_kind in ('signup', 'order', 'lead', 'deal', 'action', 'manual')),
     add constraint customer_deletion_check
       check (num_nulls(deleted_at, deletion_reason, deleted_by) in (0, 3)
         and (deletion_note is not null or deletion_reason is distinct from 'OTHER'))`,
  `create table attribution.assignment (
     company_id uuid not null,
     assignment_id uuid not null,
     customer_id uuid not null,
     partnership_id uuid,
     program_id uuid,
     reason text not null,
     actor text not null,
     assigned_at timestamptz(3) not null,
     primary key (company_id, assignment_id),
     foreign key (company_id, customer_id) references attribution.customer,
     check (num_nulls(partnership_id, program_id) in (0, 2))
   )`,
  'create index assignment_of_customer on attribution.assignment (company_id, customer_id, assignment_id)',
  `create table attribution.precedence (
     company_id uuid not null,
     effective_from timestamptz(3) not null,
     methods text[] not null,
     actor text not null,
     primary key (company_id, effective_from)
   )`,
  `create table attribution.closed_referral (
     company_id uuid not null,
     referral_id uuid not null,
     revision int not null,
     primary key (company_id, referral_id)
   )`,
  ...tenantTable('attribution.assignment', { partnership: 'partnership_id' }),
  ...tenantTable('attribution.precedence'),
  ...tenantTable('attribution.closed_referral'),
  ...idempotencyTable('attribution'),
  'grant select, insert on attribution.assignment, attribution.precedence to fairlead_attribution',
  'grant select, insert, update on attribution.closed_referral to fairlead_attribution',
];
