import { type Condition, condition, noted } from './condition.js';
import type { OfferRule } from './offer-rule.js';
import type { Situation } from './situation.js';

export function audienceCondition(
  { audience }: OfferRule,
  { groupId, partnershipId }: Situation,
): Condition | null {
  switch (audience.kind) {
    case 'everyone':
      return null;
    case 'groups': {
      const passed = groupId !== null && audience.groupIds.includes(groupId);
      return chosen('a partner of a group that the offer is for', passed);
    }
    case 'partnerships':
      return chosen('a partner whom the offer is for', audience.partnershipIds.includes(partnershipId));
  }
}

const chosen = (required: string, passed: boolean): Condition =>
  condition('AUDIENCE', required, passed ? required : 'another partner', passed, `you were ${required}`);

export function ownRewardCondition({ override }: Situation): Condition | null {
  if (!override) return null;
  return noted('OWN_REWARD', "the partner's own reward", `in force since ${override.since.toISOString()}`);
}
