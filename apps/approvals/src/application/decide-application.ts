import type { Transaction } from '#database';
import { type Id, InvalidField } from '#kernel';
import type { AutomaticDecision } from '../application-rules/application-rule.js';
import { readApplicationRules } from '../application-rules/application-rules.js';
import { judgeApplication } from '../application-rules/judge-application.js';
import type { Membership } from '../partnership/open-partnership.js';

/** What an application says of itself that the rules ask for. */
export interface Applicant {
  readonly country: string | null;
  readonly isInvited: boolean;
  /** As `findRemoval` says. */
  readonly removedPartnershipId: Id<'Partnership'> | null;
}

/**
 * Lets the program's rules decide on an application.
 * @throws InvalidInput `country.missing` where a rule asks for a country that was not given
 */
export async function decideApplication(
  tx: Transaction,
  membership: Membership,
  { country, isInvited, removedPartnershipId }: Applicant,
): Promise<{ readonly decision: AutomaticDecision; readonly rulesVersion: number }> {
  const { version, rules } = await readApplicationRules(tx, membership.companyId, membership.programId);
  if (country === null && rules.some(({ countries }) => countries !== null)) {
    throw new InvalidField(
      'country.missing',
      'country',
      'must be the country you work from, as an ISO 3166-1 code such as "DE"',
    );
  }
  const [row] = await tx.query<{ domain: string }>(
    `select lower(split_part(email, '@', -1)) as domain from access.published_partner where partner_id = $1`,
    [membership.partnerId],
  );
  const facts = { country, emailDomain: row?.domain ?? '', isInvited, removedPartnershipId };
  return { decision: judgeApplication(rules, facts), rulesVersion: version };
}
