/** Settings, checked once at the door, and the installation's secret box. */
export * from './app-config.js';
export * from './config.module.js';
export * from './secret-box.js';
