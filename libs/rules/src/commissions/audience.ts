import { type Condition, condition, noted } from './condition.js';
import type { OfferRule } from './offer-rule.js';
import type { Situation } from './situation.js';

type Member = Pick<Situation, 'groupId' | 'partnershipId'>;

/** Whether an offer is for a partner at all. */
export function isForPartner({ audience }: OfferRule, { groupId, partnershipId }: Member): boolean {
  switch (audience.kind) {
    case 'everyone':
      return true;
    case 'groups':
      return groupId !== null && audience.groupIds.includes(groupId);
    case 'partnerships':
      return audience.partnershipIds.includes(partnershipId);
  }
}

export function audienceCondition(rule: OfferRule, member: Member): Condition | null {
  if (rule.audience.kind === 'everyone') return null;
  const required =
    rule.audience.kind === 'groups'
      ? 'a partner of a group that the offer is for'
      : 'a partner whom the offer is for';
  const passed = isForPartner(rule, member);
  return condition(
    'AUDIENCE',
    required,
    passed ? required : 'another partner',
    passed,
    `you were ${required}`,
  );
}

export function ownRewardCondition({ override }: Situation): Condition | null {
  if (!override) return null;
  return noted('OWN_REWARD', "the partner's own reward", `in force since ${override.since.toISOString()}`);
}
