/** What an offer pays, when, and what the ledger posts for it. */
export * from './calendar.js';
export * from './conditions.js';
export * from './describe-offer.js';
export * from './evaluate.js';
export * from './offer-rule.js';
export * from './offer-rule-json.js';
export * from './settle.js';
export * from './subject.js';
