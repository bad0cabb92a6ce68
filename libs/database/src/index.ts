/** Scoped transactions on PostgreSQL, row-level security and migrations. */
export * from './boot-check.js';
export * from './database-errors.js';
export * from './database.js';
export * from './database.module.js';
export * from './date-or-null.js';
export * from './embedded/claim-server.js';
export * from './embedded/embedded-server.js';
export * from './embedded/free-port.js';
export * from './insert-rows.js';
export * from './invariants.js';
export { loginOf, roleName, SERVICE_LOGIN } from './logins.js';
export * from './migrator.js';
export * from './role-statements.js';
export * from './scope.js';
export * from './tenant-table.js';
export type { SqlValue, Statements } from './statement.js';
export { Transaction } from './transaction.js';
export * from './where.js';
