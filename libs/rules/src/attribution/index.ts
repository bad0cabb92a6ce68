/** Who is credited with a signup or an order, and why everyone else is not. */
export * from './decide-history.js';
export * from './decide-winner.js';
export * from './reasons.js';
