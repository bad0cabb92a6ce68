import type { ServiceDefinition } from '#bootstrap';
import { MessagingModule } from './messaging.module.js';
import { MESSAGING_MIGRATIONS } from './migrations.js';

export const MESSAGING: ServiceDefinition = {
  service: 'messaging',
  module: MessagingModule,
  entities: [],
  migrations: MESSAGING_MIGRATIONS,
};
