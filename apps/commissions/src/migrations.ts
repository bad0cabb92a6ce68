import type { Migration } from '#database';
import { idempotencyTable } from '#http';
import { ADJUSTMENT_TABLES } from './schema/adjustment-tables.js';
import { LEDGER_TABLES } from './schema/ledger-tables.js';
import { OFFER_TABLES } from './schema/offer-tables.js';
import { OFFER_TERMS } from './schema/offer-terms.js';
import { PAID_OUT } from './schema/paid-out.js';
import { PAYOUT_TABLES } from './schema/payout-tables.js';
import { PUBLISHED_OFFERS } from './schema/published-offers.js';
import { PUBLISHED_VIEWS } from './schema/published-views.js';
import { RULING_TABLES } from './schema/ruling-tables.js';
import { STATEMENT_CLOSING } from './schema/statement-closing.js';
import { PUBLISHED_FACTS, SUBJECT_FACTS } from './schema/subject-facts.js';
import { SUBJECT_KINDS_ALLOWED } from './schema/subject-kinds.js';
import { SUBJECT_TABLES } from './schema/subject-tables.js';

/** The `commissions` schema: offers, what they were asked to pay for, and the ledger. */
export const COMMISSIONS_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_40_commissions_schema',
    up: [
      'create schema commissions',
      'grant usage on schema commissions to fairlead_commissions',
      ...idempotencyTable('commissions'),
      ...OFFER_TABLES,
      ...SUBJECT_TABLES,
      ...LEDGER_TABLES,
    ],
  },
  { name: '20261120_41_commissions_published', up: PUBLISHED_VIEWS },
  { name: '20261121_46_commissions_paid_out', up: PAID_OUT },
  { name: '20261121_47_commissions_payouts', up: PAYOUT_TABLES },
  { name: '20261121_40_commissions_offer_terms', up: OFFER_TERMS },
  { name: '20261121_41_commissions_subject_kinds', up: SUBJECT_KINDS_ALLOWED },
  { name: '20261121_42_commissions_published_offers', up: PUBLISHED_OFFERS },
  { name: '20261121_43_commissions_rulings', up: [...RULING_TABLES, ...SUBJECT_FACTS, ...PUBLISHED_FACTS] },
  { name: '20261121_44_commissions_adjustments', up: ADJUSTMENT_TABLES },
  {
    name: '20261121_42_commissions_simulation',
    up: ['grant select on approvals.published_membership_period to fairlead_commissions'],
  },
  { name: '20261122_40_commissions_statement_closing', up: STATEMENT_CLOSING },
  {
    name: '20261122_41_commissions_subjects_in_time',
    up: [
      // Of a customer with a cap only what happened after a new order is judged again.
      'drop index commissions.subject_of_customer',
      'create index subject_of_customer on commissions.subject (company_id, customer_id, occurred_at)',
    ],
  },
];
