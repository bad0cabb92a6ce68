import { type Migration, tenantTable } from '#database';

/** What Stripe's several names for one sale, one customer, one refunded charge and one code come to. */
export const STRIPE_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_26_tracking_stripe',
    up: [
      `create table tracking.order_alias (
        company_id uuid not null,
        alias_kind text not null,
        alias_value text not null,
        order_key text not null,
        primary key (company_id, alias_kind, alias_value)
      )`,
      `create table tracking.customer_alias (
        company_id uuid not null,
        stripe_customer text not null,
        customer_key text not null,
        primary key (company_id, stripe_customer)
      )`,
      `create table tracking.charge_refund (
        company_id uuid not null,
        order_key text not null,
        charge_id text not null,
        refunded_total bigint not null check (refunded_total >= 0),
        primary key (company_id, order_key, charge_id)
      )`,
      ...['order_alias', 'customer_alias', 'charge_refund'].flatMap((table) =>
        tenantTable(`tracking.${table}`),
      ),
      'grant select, insert on tracking.order_alias, tracking.customer_alias to fairlead_tracking',
      'grant select, insert, update on tracking.charge_refund to fairlead_tracking',
    ],
  },
  {
    name: '20261121_23_tracking_promotion_code',
    up: [
      `create table tracking.promotion_code (
        company_id uuid not null,
        promotion_id text not null,
        code text not null,
        primary key (company_id, promotion_id)
      )`,
      ...tenantTable('tracking.promotion_code'),
      'grant select, insert on tracking.promotion_code to fairlead_tracking',
    ],
  },
];
