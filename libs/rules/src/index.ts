/** The rules that decide money, as pure functions: no clock, no database, no framework. */
export * from './attribution/index.js';
