import { tenantTable } from '#database';

/**
 * What commissions are about: all facts known of each order and signup, and of its customer. The subject's
 * row is the lock under which it is evaluated and posted. Revision 0: someone asked for an order that has
 * no decision yet; its row makes the decision find who waits.
 */
export const SUBJECT_TABLES: readonly string[] = [
  `create table commissions.customer (
    company_id uuid not null,
    customer_id uuid not null,
    signed_up_at timestamptz,
    first_paid_at timestamptz,
    primary key (company_id, customer_id)
  ) with (fillfactor = 90)`,
  `create table commissions.subject (
    company_id uuid not null,
    kind text not null check (kind in ('order', 'signup')),
    key text not null,
    revision int not null default 0 check (revision >= 0),
    occurred_at timestamptz,
    customer_id uuid,
    partnership_id uuid,
    partner_id uuid,
    program_id uuid,
    amount bigint check (amount >= 0),
    tax bigint check (tax >= 0),
    shipping bigint check (shipping >= 0),
    currency text check (currency ~ '^[A-Z]{3}$'),
    fulfilment_policy text check (fulfilment_policy in ('none', 'first')),
    fulfilled_at timestamptz,
    refunded_singly bigint not null default 0 check (refunded_singly >= 0),
    refunded_snapshot bigint not null default 0 check (refunded_snapshot >= 0),
    evaluations int not null default 0 check (evaluations >= 0),
    primary key (company_id, kind, key),
    check (revision = 0 or (occurred_at is not null and customer_id is not null)),
    check (revision = 0 or kind = 'signup'
      or (amount is not null and tax is not null and shipping is not null
          and currency is not null and fulfilment_policy is not null)),
    check ((partnership_id is null) = (program_id is null) and (partnership_id is null) = (partner_id is null))
  ) with (fillfactor = 70)`,
  'create index subject_of_customer on commissions.subject (company_id, customer_id)',
  `create table commissions.order_refund (
    company_id uuid not null,
    order_key text not null,
    refund_key text not null,
    amount bigint not null check (amount >= 0),
    occurred_at timestamptz not null,
    primary key (company_id, order_key, refund_key)
  )`,
  ...['customer', 'order_refund'].flatMap((table) => tenantTable(`commissions.${table}`)),
  ...tenantTable('commissions.subject', { partnership: 'partnership_id' }),
  `grant select, insert, update on commissions.customer, commissions.subject, commissions.order_refund
     to fairlead_commissions`,
];
