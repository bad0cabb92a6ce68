import type { ServiceDefinition } from '#bootstrap';
import { GatewayModule } from './gateway.module.js';
import { GATEWAY_MIGRATIONS } from './migrations.js';

export const GATEWAY: ServiceDefinition = {
  service: 'gateway',
  module: GatewayModule,
  entities: [],
  migrations: GATEWAY_MIGRATIONS,
};
