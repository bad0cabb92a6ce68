/** Events between services: what is published with a transaction reaches every consumer. */
export { BusModule } from './bus.module.js';
export { connectBus } from './connect-bus.js';
export { ConsumeEvent } from './consume/consume-event.js';
export { BatchContext, type Delivery } from './delivery.js';
export * from './health.js';
export * from './invariants.js';
export type { BusOptions, BusTiming } from './options.js';
export * from './outcome.js';
export { publishedFrom } from './publish/published-from.js';
export * from './publisher.js';
export { migrateQueues } from './queues/postgres-backend.js';
export { roleOf } from './role-of.js';
export * from './schema/migration.js';
export * from './repeating.js';
