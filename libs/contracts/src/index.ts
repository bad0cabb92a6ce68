/** The only thing services share about each other in code: events and their wiring. */
export * from './events/access.js';
export * from './events/attribution.js';
export * from './events/commissions.js';
export * from './events/deletion.js';
export * from './events/facts.js';
export * from './events/membership.js';
export * from './events/referring.js';
export * from './subject-key.js';
export * from './topology.js';
