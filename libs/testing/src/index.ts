/** What tests of every service share: real databases, conditions to wait on, a clock to move. */
export * from './accounts.js';
export * from './drained.js';
export * from './eventually.js';
export * from './expect-invariants.js';
export * from './fixed-clock.js';
export { freePort } from '#database';
export * from './mail-catcher.js';
export * from './membership.js';
export * from './open-database.js';
export * from './tcp-proxy.js';
export * from './test-authenticator.js';
export * from './test-database.js';
export * from './test-app.js';
export * from './test-redis.js';
