import type {
  ApplicationFacts,
  ApplicationRule,
  AutomaticDecision,
  RuleCheck,
  RuleTrace,
} from './application-rule.js';

/**
 * Decides an application by a program's rules: the first one whose conditions are all met. Where none is, an
 * invited partner is approved and everyone else reviewed. Whom the company once removed is always reviewed, and so is
 * a partner who shares a person with one.
 */
export function judgeApplication(
  rules: readonly ApplicationRule[],
  facts: ApplicationFacts,
): AutomaticDecision {
  const undecided = { rule: null, groupId: null, reason: null };
  const { removedPartnershipId } = facts;
  if (removedPartnershipId) {
    return { ...undecided, decision: 'review', by: 'removal', removedPartnershipId, trace: [] };
  }
  const trace: RuleTrace[] = [];
  for (const rule of rules) {
    const checks = checksOf(rule, facts);
    const isMet = checks.every((check) => check.isMet);
    trace.push({ rule: rule.name, isMet, checks });
    if (isMet) {
      const { decision, groupId, reason } = rule;
      return { decision, by: 'rule', rule: rule.name, groupId, reason, trace };
    }
  }
  return facts.isInvited
    ? { ...undecided, decision: 'approve', by: 'invitation', trace }
    : { ...undecided, decision: 'review', by: 'nothing', trace };
}

/** Whether every application meets the rule, so that no rule after it is ever reached. */
export const isMetByAll = ({ countries, emailDomains, isInvited }: ApplicationRule): boolean =>
  countries === null && emailDomains === null && isInvited === null;

function checksOf(
  { countries, emailDomains, isInvited }: ApplicationRule,
  facts: ApplicationFacts,
): RuleCheck[] {
  return [
    ...(countries
      ? [
          {
            condition: 'country' as const,
            required: oneOf(countries),
            actual: facts.country ?? 'none given',
            isMet: facts.country !== null && countries.includes(facts.country),
          },
        ]
      : []),
    ...(emailDomains
      ? [
          {
            condition: 'email_domain' as const,
            required: oneOf(emailDomains),
            actual: facts.emailDomain,
            isMet: emailDomains.includes(facts.emailDomain),
          },
        ]
      : []),
    ...(isInvited === null
      ? []
      : [
          {
            condition: 'invitation' as const,
            required: invited(isInvited),
            actual: invited(facts.isInvited),
            isMet: isInvited === facts.isInvited,
          },
        ]),
  ];
}

const oneOf = (values: readonly string[]) =>
  values.length === 1 ? values.join() : `one of ${values.join(', ')}`;
const invited = (isInvited: boolean) => (isInvited ? 'invited' : 'not invited');
