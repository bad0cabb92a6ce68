import { tenantTable } from '#database';

const REASONS = `('REFUNDED', 'ACCOUNT_CANCELLED', 'NOT_QUALIFIED', 'DUPLICATE', 'FRAUD', 'TEST', 'OTHER')`;

/**
 * What companies rule about commissions. Rulings are appended, the last one counts; each is judged at once,
 * so that an evaluation and an opposite posting follow it.
 */
export const RULING_TABLES: readonly string[] = [
  `create table commissions.ruling (
    company_id uuid not null,
    commission_id uuid not null,
    ruling_no int not null check (ruling_no > 0),
    partnership_id uuid not null,
    kind text not null check (kind in ('approved', 'declined', 'deleted')),
    extent text check (extent in ('commission', 'subject', 'customer')),
    reason text check (reason in ${REASONS}),
    note text check (length(note) between 1 and 1000),
    actor text not null,
    ruled_at timestamptz not null,
    primary key (company_id, commission_id, ruling_no),
    foreign key (company_id, commission_id) references commissions.commission,
    check ((kind = 'approved') = (reason is null) and (kind = 'deleted') = (extent is not null)),
    check (reason is distinct from 'OTHER' or note is not null)
  )`,
  ...tenantTable('commissions.ruling', { partnership: 'partnership_id' }),
  'grant select, insert on commissions.ruling to fairlead_commissions',
  `alter table commissions.subject
    add column deleted_extent text check (deleted_extent in ('subject', 'customer')),
    add column deletion_reason text check (deletion_reason in ${REASONS}),
    add column deletion_note text check (length(deletion_note) between 1 and 1000),
    add constraint subject_deletion_check check ((deleted_extent is null) = (deletion_reason is null))`,
  `alter table commissions.customer
    add column deleted_at timestamptz,
    add column deletion_reason text check (deletion_reason in ${REASONS}),
    add column deletion_note text check (length(deletion_note) between 1 and 1000),
    add constraint customer_deletion_check check ((deleted_at is null) = (deletion_reason is null))`,
  `alter table commissions.evaluation
    drop constraint evaluation_outcome_check,
    add constraint evaluation_outcome_check check (outcome in
      ('not_qualified', 'waiting_fulfilment', 'in_review', 'earned', 'declined', 'deleted', 'withdrawn'))`,
  `alter table commissions.commission
    drop constraint commission_reversal_reason_check,
    add constraint commission_reversal_reason_check check (reversal_reason in
      ('REFUNDED', 'CHARGED_BACK', 'CANCELLED', 'REATTRIBUTED', 'NOT_QUALIFIED',
       'ACCOUNT_CANCELLED', 'DUPLICATE', 'FRAUD', 'TEST', 'OTHER'))`,
  `alter table commissions.commission
    drop constraint commission_check,
    add constraint commission_reversal_check
      check ((state in ('reversed', 'declined')) = (reversal_reason is not null)),
    drop constraint commission_check1,
    add constraint commission_hold_check
      check (state not in ('held', 'approved', 'payable', 'paid') or held_until is not null)`,
  'drop index commissions.commission_held',
  `create index commission_held on commissions.commission (held_until) where state in ('held', 'approved')`,
  `create index commission_in_review on commissions.commission (company_id, commission_id) where state = 'in_review'`,
];
