/** What payouts take of a commission: two more ledger accounts, kept on the commission like the others. */
export const PAID_OUT: readonly string[] = [
  `alter table commissions.commission
     add column in_payout bigint not null default 0,
     add column paid_out bigint not null default 0,
     drop constraint commission_state_check,
     add constraint commission_state_check
       check (state in ('waiting_fulfilment', 'in_review', 'held', 'approved', 'payable', 'paid', 'declined', 'reversed'))`,
  // What the next payouts are made of. Held and paid commissions, nearly all of them, are not in it.
  `create index commission_payable on commissions.commission (company_id, currency, partnership_id)
     where payable <> 0`,
  `alter table commissions.posting
     drop constraint posting_account_check,
     add constraint posting_account_check check (account in
       ('company_expense', 'partner_held', 'partner_payable', 'partner_in_payout', 'partner_paid_out'))`,
  `alter table commissions.posting_group
     add column payout_id uuid,
     drop constraint posting_group_cause_check,
     add constraint posting_group_cause_check check (cause in
       ('evaluation', 'release', 'payout_taken', 'payout_paid', 'payout_returned')),
     add constraint posting_group_payout_check check ((payout_id is null) = (cause in ('evaluation', 'release'))),
     drop constraint posting_group_company_id_commission_id_evaluation_no_cause_key,
     add constraint posting_group_once
       unique nulls not distinct (company_id, commission_id, evaluation_no, cause, payout_id)`,
  `create or replace view commissions.published_commission with (security_barrier) as
     select company_id, commission_id, partnership_id, program_id, offer_id, subject_kind, subject_key, state,
       amount, currency, held_until, created_at, in_payout, paid_out
     from commissions.commission`,
];
