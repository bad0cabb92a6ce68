/** Pure building blocks that every service shares: ids, money, time, errors. No framework, no I/O. */
export * from './clock.js';
export * from './errors.js';
export * from './id.js';
export * from './in-force.js';
export * from './json-shape.js';
export * from './money.js';
export * from './within.js';
