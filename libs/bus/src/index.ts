/** Events between services: what is published with a transaction reaches every consumer. */
export * from './delivery.js';
export * from './invariants.js';
export * from './outcome.js';
export * from './publisher.js';
export * from './schema/migration.js';
