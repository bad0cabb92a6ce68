/** How a process is put together from services, run, and stopped. */
export * from './api-document.js';
export * from './create-app.js';
export * from './run-service.js';
export * from './serve.js';
export * from './service-definition.js';
