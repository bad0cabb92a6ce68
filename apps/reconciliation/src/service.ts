import type { ServiceDefinition } from '#bootstrap';
import { RECONCILIATION_MIGRATIONS } from './migrations.js';
import { ReconciliationModule } from './reconciliation.module.js';

export const RECONCILIATION: ServiceDefinition = {
  service: 'reconciliation',
  module: ReconciliationModule,
  entities: [],
  migrations: RECONCILIATION_MIGRATIONS,
};
