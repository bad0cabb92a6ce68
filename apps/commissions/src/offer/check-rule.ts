import type { Transaction } from '#database';
import { type FieldError, type Id, InvalidFields } from '#kernel';
import type { Audience, OfferRule } from '#rules';

/**
 * Refuses what a rule alone does not show: an end before the start, groups and partners of another program.
 * @throws InvalidInput `offer_rule.invalid`
 */
export async function checkRule(
  tx: Transaction,
  program: { readonly companyId: Id<'Company'>; readonly programId: Id<'Program'> },
  { endsAt, audience }: OfferRule,
  effectiveFrom: Date,
): Promise<void> {
  const errors: FieldError[] = [];
  if (endsAt && endsAt <= effectiveFrom) {
    const message = `must be after ${effectiveFrom.toISOString()}, when the rule takes effect`;
    errors.push({ field: 'rule.endsAt', message });
  }
  errors.push(...(await foreignMembers(tx, program, audience)));
  if (errors.length === 0) return;
  throw new InvalidFields('offer_rule.invalid', errors);
}

async function foreignMembers(
  tx: Transaction,
  { companyId, programId }: { readonly companyId: string; readonly programId: string },
  audience: Audience,
): Promise<FieldError[]> {
  if (audience.kind === 'everyone') return [];
  const [ids, sql, field, what] =
    audience.kind === 'groups'
      ? ([audience.groupIds, GROUPS, 'groupIds', 'group'] as const)
      : ([audience.partnershipIds, PARTNERSHIPS, 'partnershipIds', 'partnership'] as const);
  const known = await tx.query<{ id: string }>(sql, [companyId, programId, [...ids]]);
  const own = new Set(known.map(({ id }) => id));
  return [...ids.entries()]
    .filter(([, id]) => !own.has(id))
    .map(([index]) => ({
      field: `rule.audience.${field}.${index}`,
      message: `must be a ${what} of the offer's program`,
    }));
}

const GROUPS = `select group_id as id from approvals.published_group
  where company_id = $1 and program_id = $2 and group_id = any ($3::uuid[])`;
const PARTNERSHIPS = `select partnership_id as id from approvals.published_partnership
  where company_id = $1 and program_id = $2 and partnership_id = any ($3::uuid[])`;
