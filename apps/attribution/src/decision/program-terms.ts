import type { Transaction } from '#database';
import type { Id } from '#kernel';
import type { Click, ClickWindow, Membership, Precedence, PrecedenceMethod } from '#rules';
import type { ClickRecord } from './clicks.js';

/** What decisions go by, over time: how long clicks count, what goes before what, and who was a member. */
export interface ProgramTerms extends AttributionSettings {
  readonly memberships: ReadonlyMap<Id<'Partnership'>, Membership>;
}

export interface AttributionSettings {
  readonly windows: ReadonlyMap<Id<'Program'>, readonly ClickWindow[]>;
  readonly precedences: ReadonlyMap<Id<'Company'>, readonly Precedence[]>;
}

/** Every setting that the companies and their programs ever had, in one statement. */
export async function readSettings(
  tx: Transaction,
  companyIds: readonly Id<'Company'>[],
): Promise<AttributionSettings> {
  const rows = await tx.query<SettingsRow>(
    `select company_id, program_id, effective_from, window_days, null::text[] as methods
       from approvals.published_program_settings where company_id = any($1::uuid[])
      union all
     select company_id, null::uuid, effective_from, null::int, methods
       from attribution.precedence where company_id = any($1::uuid[])`,
    [[...new Set(companyIds)]],
  );
  const windows = new Map<Id<'Program'>, ClickWindow[]>();
  const precedences = new Map<Id<'Company'>, Precedence[]>();
  for (const row of rows) {
    const effectiveFrom = new Date(row.effective_from);
    if (row.program_id === null) {
      const known = precedences.get(row.company_id) ?? [];
      precedences.set(row.company_id, [...known, { effectiveFrom, methods: row.methods }]);
    } else {
      const known = windows.get(row.program_id) ?? [];
      windows.set(row.program_id, [...known, { effectiveFrom, days: row.window_days }]);
    }
  }
  return { windows, precedences };
}

/** The longest window that any program ever had. */
export const longestWindowDays = ({ windows }: AttributionSettings): number =>
  Math.max(0, ...[...windows.values()].flat().map(({ days }) => days));

export const precedenceFor = (
  companyId: Id<'Company'>,
  { precedences }: AttributionSettings,
): readonly Precedence[] => precedences.get(companyId) ?? [];

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
 * The membership, as it must be there for whoever has a link, a code, a referral or a customer.
 * @throws Error when approvals does not publish it
 */
export function membershipFor(
  partnershipId: Id<'Partnership'>,
  { memberships }: Pick<ProgramTerms, 'memberships'>,
): Membership {
  const membership = memberships.get(partnershipId);
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

type SettingsRow = { readonly company_id: Id<'Company'>; readonly effective_from: string } & (
  | { readonly program_id: Id<'Program'>; readonly window_days: number }
  | { readonly program_id: null; readonly methods: readonly PrecedenceMethod[] }
);

const membershipOf = (member: MemberRow, periods: readonly PeriodRow[]): Membership => ({
  partnershipId: member.partnership_id,
  partnerId: member.partner_id,
  programId: member.program_id,
  periods: periods.map(({ started_at, ended_at }) => ({
    startedAt: new Date(started_at),
    endedAt: ended_at === null ? null : new Date(ended_at),
  })),
});
