import type { ServiceDefinition } from '#bootstrap';
import { CommissionsModule } from './commissions.module.js';
import { COMMISSIONS_MIGRATIONS } from './migrations.js';

export const COMMISSIONS: ServiceDefinition = {
  service: 'commissions',
  module: CommissionsModule,
  entities: [],
  migrations: COMMISSIONS_MIGRATIONS,
};
