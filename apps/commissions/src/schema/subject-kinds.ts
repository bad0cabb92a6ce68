/** Leads, deals and named actions beside orders and signups; only orders must have amounts. */
export const SUBJECT_KINDS_ALLOWED: readonly string[] = [
  `alter table commissions.subject
    drop constraint subject_kind_check,
    add constraint subject_kind_check check (kind in ('order', 'signup', 'lead', 'deal', 'action')),
    drop constraint subject_check1,
    add constraint subject_amounts_check check (revision = 0 or kind <> 'order'
      or (amount is not null and tax is not null and shipping is not null
          and currency is not null and fulfilment_policy is not null)),
    add column action text check (length(action) between 1 and 200),
    add constraint subject_named_action_check check ((kind = 'action') = (action is not null))`,
];
