import type { ServiceDefinition } from '#bootstrap';
import { TRACKING_MIGRATIONS } from './migrations.js';
import { TrackingModule } from './tracking.module.js';

export const TRACKING: ServiceDefinition = {
  service: 'tracking',
  module: TrackingModule,
  entities: [],
  migrations: TRACKING_MIGRATIONS,
};
