/** Logs, metrics and health of a process. */
export * from './health.js';
export * from './logging.js';
export * from './metrics.js';
