import type { ServiceDefinition } from '#bootstrap';
import { AttributionModule } from './attribution.module.js';
import { ATTRIBUTION_MIGRATIONS } from './migrations.js';

export const ATTRIBUTION: ServiceDefinition = {
  service: 'attribution',
  module: AttributionModule,
  entities: [],
  migrations: ATTRIBUTION_MIGRATIONS,
};
