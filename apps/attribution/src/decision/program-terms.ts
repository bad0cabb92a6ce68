import type { Transaction } from '#database';
import type { Id } from '#kernel';
import type { Click, ClickWindow, Membership } from '#rules';
import type { ClickRecord } from './clicks.js';

/** What approvals knows over time: memberships, and how long clicks count. */
export interface ProgramTerms {
  readonly memberships: ReadonlyMap<Id<'Partnership'>, Membership>;
  readonly windows: ClickWindows;
}

export type ClickWindows = ReadonlyMap<Id<'Program'>, readonly ClickWindow[]>;

/** Every setting of the window that the companies' programs ever had. */
export async function readClickWindows(
  tx: Transaction,
  companyIds: readonly Id<'Company'>[],
): Promise<ClickWindows> {
  const settings = await tx.query<SettingsRow>(
    `select program_id, effective_from, window_days
       from approvals.published_program_settings where company_id = any($1::uuid[])`,
    [[...new Set(companyIds)]],
  );
  const rowsOf = Map.groupBy(settings, (row) => row.program_id);
  return new Map([...rowsOf].map(([programId, rows]) => [programId, rows.map(windowOf)]));
}

/** The longest window that any of them ever was. */
export const longestWindowDays = (windows: ClickWindows): number =>
  Math.max(0, ...[...windows.values()].flat().map(({ days }) => days));

interface Named {
  readonly companyId: Id<'Company'>;
  readonly partnershipId: Id<'Partnership'>;
}

/** Reads the named memberships. */
export async function readMemberships(
  tx: Transaction,
  named: readonly Named[],
): Promise<ProgramTerms['memberships']> {
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
 * The membership, as it must be there for whoever has a link or a customer.
 * @throws Error when approvals does not publish it
 */
export function membershipFor(partnershipId: Id<'Partnership'>, terms: ProgramTerms): Membership {
  const membership = terms.memberships.get(partnershipId);
  if (!membership) throw new Error(`partnership ${partnershipId} has candidates and is not published`);
  return membership;
}

/** A click as the rules judge it. */
export function clickFor(
  record: Pick<ClickRecord, 'clickId' | 'linkId' | 'clickedAt' | 'partnershipId' | 'programId'>,
  terms: ProgramTerms,
): Click {
  return {
    clickId: record.clickId,
    linkId: record.linkId,
    clickedAt: record.clickedAt,
    membership: membershipFor(record.partnershipId, terms),
    windows: terms.windows.get(record.programId) ?? [],
  };
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

interface SettingsRow {
  readonly program_id: Id<'Program'>;
  readonly effective_from: string;
  readonly window_days: number;
}

const membershipOf = (member: MemberRow, periods: readonly PeriodRow[]): Membership => ({
  partnershipId: member.partnership_id,
  partnerId: member.partner_id,
  programId: member.program_id,
  periods: periods.map(({ started_at, ended_at }) => ({
    startedAt: new Date(started_at),
    endedAt: ended_at === null ? null : new Date(ended_at),
  })),
});

const windowOf = (row: SettingsRow): ClickWindow => ({
  effectiveFrom: new Date(row.effective_from),
  days: row.window_days,
});
