/** Events between services: what is published with a transaction reaches every consumer. */
export * from './bus.module.js';
export * from './connect-bus.js';
export * from './consume/consume-event.js';
export * from './delivery.js';
export * from './health.js';
export * from './invariants.js';
export * from './options.js';
export * from './outcome.js';
export * from './publisher.js';
export { migrateQueues } from './queues/postgres-backend.js';
export * from './schema/migration.js';
