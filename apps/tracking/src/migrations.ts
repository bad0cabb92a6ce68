import type { Migration } from '#database';
import { idempotencyTable } from '#http';
import { STRIPE_MIGRATIONS } from './adapters/stripe/migrations.js';
import { CLICK_MIGRATIONS } from './click/migrations.js';
import { CODE_MIGRATIONS } from './code/migrations.js';
import { INGEST_MIGRATIONS } from './ingest/migrations.js';
import { INTEGRATION_MIGRATIONS } from './integration/migrations.js';
import { LINK_MIGRATIONS } from './link/migrations.js';
import { FACT_MIGRATIONS } from './normalise/migrations.js';

/** The `tracking` schema: what partners hand out and what came back through it. */
export const TRACKING_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261120_20_tracking_schema',
    up: [
      'create schema tracking',
      `grant usage on schema tracking to fairlead_tracking, fairlead_attribution, fairlead_reconciliation,
         fairlead_bus`,
      ...idempotencyTable('tracking'),
    ],
  },
  ...LINK_MIGRATIONS,
  ...CLICK_MIGRATIONS,
  ...INTEGRATION_MIGRATIONS,
  ...INGEST_MIGRATIONS,
  ...STRIPE_MIGRATIONS,
  ...CODE_MIGRATIONS,
  ...FACT_MIGRATIONS,
];
