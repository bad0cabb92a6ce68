import { BUS_MIGRATIONS } from '#bus';
import type { Migration } from '#database';
import { APPROVALS_MIGRATIONS } from '../../approvals/src/migrations.js';
import { ATTRIBUTION_MIGRATIONS } from '../../attribution/src/migrations.js';
import { COMMISSIONS_MIGRATIONS } from '../../commissions/src/migrations.js';
import { GATEWAY_MIGRATIONS } from '../../gateway/src/migrations.js';
import { MESSAGING_MIGRATIONS } from '../../messaging/src/migrations.js';
import { RECONCILIATION_MIGRATIONS } from '../../reconciliation/src/migrations.js';
import { TRACKING_MIGRATIONS } from '../../tracking/src/migrations.js';

/** Every service's migrations: the whole database of the product. */
export const MIGRATIONS: readonly Migration[] = [
  ...BUS_MIGRATIONS,
  ...APPROVALS_MIGRATIONS,
  ...COMMISSIONS_MIGRATIONS,
  ...GATEWAY_MIGRATIONS,
  ...TRACKING_MIGRATIONS,
  ...ATTRIBUTION_MIGRATIONS,
  ...MESSAGING_MIGRATIONS,
  ...RECONCILIATION_MIGRATIONS,
];
