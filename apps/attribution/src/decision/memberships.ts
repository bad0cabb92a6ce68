import { dateOrNull, type Transaction } from '#database';
import type { Id } from '#kernel';
import type { Membership } from '#rules';

export type Memberships = ReadonlyMap<Id<'Partnership'>, Membership>;

interface Named {
  readonly companyId: Id<'Company'>;
  readonly partnershipId: Id<'Partnership'>;
}

/** Reads the named memberships. */
export async function readMemberships(tx: Transaction, named: readonly Named[]): Promise<Memberships> {
  const distinct = [...new Map(named.map((name) => [name.partnershipId, name])).values()];
  if (distinct.length === 0) return new Map();
  const periods = await tx.query<PeriodRow>(
    `select period.* from unnest($1::uuid[], $2::uuid[]) as named(company_id, partnership_id)
      cross join lateral (
        select partnership_id, partner_id, program_id, started_at, ended_at
          from approvals.published_membership_period p
         where p.company_id = named.company_id and p.partnership_id = named.partnership_id offset 0) as period`,
    [distinct.map(({ companyId }) => companyId), distinct.map(({ partnershipId }) => partnershipId)],
  );
  const periodsOf = Map.groupBy(periods, (row) => row.partnership_id);
  const withoutPeriod = distinct.filter(({ partnershipId }) => !periodsOf.has(partnershipId));
  const memberships = [...periodsOf.values()].flatMap(([first, ...others]) =>
    first ? [membershipOf(first, [first, ...others])] : [],
  );
  return new Map(
    [...memberships, ...(await readNeverApproved(tx, withoutPeriod))].map((membership) => [
      membership.partnershipId,
      membership,
    ]),
  );
}

/** Partners whom the company gave a code, say, before it approved them: never credited, and named all the same. */
async function readNeverApproved(tx: Transaction, named: readonly Named[]): Promise<Membership[]> {
  if (named.length === 0) return [];
  const rows = await tx.query<MemberRow>(
    `select partnership_id, partner_id, program_id from approvals.published_partnership
      where company_id = any($1::uuid[]) and partnership_id = any($2::uuid[])`,
    [named.map(({ companyId }) => companyId), named.map(({ partnershipId }) => partnershipId)],
  );
  return rows.map((row) => membershipOf(row, []));
}

/**
 * The membership, as it must be there for whoever has a link, a code, a referral or a customer.
 * @throws Error when approvals does not publish it
 */
export function membershipFor(partnershipId: Id<'Partnership'>, memberships: Memberships): Membership {
  const membership = memberships.get(partnershipId);
  if (!membership) throw new Error(`partnership ${partnershipId} has candidates and is not published`);
  return membership;
}

interface MemberRow {
  readonly partnership_id: Id<'Partnership'>;
  readonly partner_id: Id<'Partner'>;
  readonly program_id: Id<'Program'>;
}

interface PeriodRow extends MemberRow {
  readonly started_at: string;
  readonly ended_at: string | null;
}

const membershipOf = (member: MemberRow, periods: readonly PeriodRow[]): Membership => ({
  partnershipId: member.partnership_id,
  partnerId: member.partner_id,
  programId: member.program_id,
  periods: periods.map(({ started_at, ended_at }) => ({
    startedAt: new Date(started_at),
    endedAt: dateOrNull(ended_at),
  })),
});
