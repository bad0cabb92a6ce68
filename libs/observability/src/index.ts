/** Logs, metrics and health of a process. */
export * from './framework-logger.js';
export * from './health.js';
export * from './logging.js';
export * from './metrics.js';
