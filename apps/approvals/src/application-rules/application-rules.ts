import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';
import type { ApplicationRule, RuleDecision } from './application-rule.js';

/** A program's automatic rules, in their order. Never edited: a change is the next version. */
export interface ApplicationRules {
  readonly programId: Id<'Program'>;
  /** Counts up from 1; 0 where the program has none yet. */
  readonly version: number;
  readonly rules: readonly ApplicationRule[];
  readonly publishedAt: Date | null;
}

/** A rule as `approvals.application_rules` keeps it. */
interface StoredRule {
  readonly name: string;
  readonly countries: string[] | null;
  readonly email_domains: string[] | null;
  readonly is_invited: boolean | null;
  readonly decision: RuleDecision;
  readonly group_id: string | null;
  readonly reason: string | null;
}

/** The rules in force. */
export async function readApplicationRules(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
): Promise<ApplicationRules> {
  const [row] = await tx.query<{ version: number; rules: StoredRule[]; published_at: string }>(
    `select version, rules, published_at from approvals.application_rules
      where company_id = $1 and program_id = $2 order by version desc limit 1`,
    [companyId, programId],
  );
  if (!row) return { programId, version: 0, rules: [], publishedAt: null };
  return {
    programId,
    version: row.version,
    rules: row.rules.map(ruleOf),
    publishedAt: new Date(row.published_at),
  };
}

export const storedRule = (rule: ApplicationRule): StoredRule => ({
  name: rule.name,
  countries: rule.countries && [...rule.countries],
  email_domains: rule.emailDomains && [...rule.emailDomains],
  is_invited: rule.isInvited,
  decision: rule.decision,
  group_id: rule.groupId,
  reason: rule.reason,
});

const ruleOf = (stored: StoredRule): ApplicationRule => ({
  name: stored.name,
  countries: stored.countries,
  emailDomains: stored.email_domains,
  isInvited: stored.is_invited,
  decision: stored.decision,
  groupId: stored.group_id === null ? null : asId('Group', stored.group_id),
  reason: stored.reason,
});
