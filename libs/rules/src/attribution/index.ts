/** Who is credited with a signup, an order, a won lead or deal or a named action, and why everyone else is not. */
export * from './decide-history.js';
export { loseReferral } from './decide-referral.js';
export { decideWinner } from './decide-winner.js';
export * from './decision.js';
export * from './membership.js';
export * from './precedence.js';
export * from './reasons.js';
export * from './referral-action.js';
