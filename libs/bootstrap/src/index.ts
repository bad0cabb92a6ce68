/** How a process is put together from services, run, and stopped. */
export * from './serve.js';
export * from './service-definition.js';
