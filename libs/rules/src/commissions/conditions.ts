import type { Condition } from './condition.js';
import { durationCondition } from './duration.js';
import { limitConditions } from './limits.js';
import { audienceCondition, ownRewardCondition } from './audience.js';
import type { OfferRule } from './offer-rule.js';
import type { Situation } from './situation.js';
import type { SubjectFacts } from './subject.js';
import {
  amountCondition,
  endCondition,
  minimumCondition,
  productsCondition,
  triggerCondition,
} from './subject-conditions.js';
import { tierCondition } from './tiers.js';

/** Everything a rule demands of a subject, each with what was found. Another trigger ends the list. */
export function conditionsOf(rule: OfferRule, subject: SubjectFacts, situation: Situation): Condition[] {
  const trigger = triggerCondition(rule, subject);
  if (!trigger.passed) return [trigger];
  return [
    trigger,
    endCondition(rule, subject),
    audienceCondition(rule, situation),
    ownRewardCondition(situation),
    durationCondition(rule, subject, situation),
    minimumCondition(rule, subject),
    productsCondition(rule, subject),
    amountCondition(rule, subject),
    tierCondition(rule, subject, situation),
    ...limitConditions(rule, subject, situation),
  ].filter((condition) => condition !== null);
}
