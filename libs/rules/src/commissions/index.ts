/** What an offer pays, when, and what the ledger posts for it. */
export * from './calendar.js';
export { type Condition, CONDITION_CODES, type ConditionCode, wouldQualifyIf } from './condition.js';
export * from './counters.js';
export * from './describe-offer.js';
export * from './evaluate.js';
export { isForPartner } from './audience.js';
export * from './offer-rule.js';
export { offerRuleJson, type OfferRuleJson, rewardJson, type RewardJson } from './offer-rule-json.js';
export {
  DEFAULT_HOLD_DAYS,
  parseOfferRule,
  parseReward,
  parseStoredReward,
  RULE_FIELDS,
} from './parse-offer-rule.js';
export * from './period.js';
export * from './ruling.js';
export * from './postings.js';
export * from './situation.js';
export * from './stacking.js';
export * from './subject.js';
