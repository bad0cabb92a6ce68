/** How a process is put together from services, run, and stopped. */
export * from './api-document.js';
export * from './create-app.js';
export * from './listen.js';
export * from './run-process.js';
export * from './run-service.js';
export * from './service-definition.js';
