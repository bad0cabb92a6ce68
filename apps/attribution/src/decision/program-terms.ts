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

/** Reads the named memberships. */
export async function readMemberships(
  tx: Transaction,
  named: readonly { readonly companyId: Id<'Company'>; readonly partnershipId: Id<'Partnership'> }[],
): Promise<ProgramTerms['memberships']> {
  const distinct = [...new Map(named.map((name) => [name.partnershipId, name])).values()];
  if (distinct.length === 0) return new Map();
  const rows = await tx.query<MembershipRow>(
    `select membership.* from unnest($1::uuid[], $2::uuid[]) as named(company_id, partnership_id)
      cross join lateral (
        select partnership_id, partner_id, program_id, approved_at, ended_at
          from approvals.published_partnership p
         where p.company_id = named.company_id and p.partnership_id = named.partnership_id offset 0) as membership`,
    [distinct.map(({ companyId }) => companyId), distinct.map(({ partnershipId }) => partnershipId)],
  );
  return new Map(rows.map((row) => [row.partnership_id, membershipOf(row)]));
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

interface MembershipRow {
  readonly partnership_id: Id<'Partnership'>;
  readonly partner_id: Id<'Partner'>;
  readonly program_id: Id<'Program'>;
  readonly approved_at: string | null;
  readonly ended_at: string | null;
}

interface SettingsRow {
  readonly program_id: Id<'Program'>;
  readonly effective_from: string;
  readonly window_days: number;
}

const membershipOf = (row: MembershipRow): Membership => ({
  partnershipId: row.partnership_id,
  partnerId: row.partner_id,
  programId: row.program_id,
  approvedAt: row.approved_at === null ? null : new Date(row.approved_at),
  endedAt: row.ended_at === null ? null : new Date(row.ended_at),
});

const windowOf = (row: SettingsRow): ClickWindow => ({
  effectiveFrom: new Date(row.effective_from),
  days: row.window_days,
});
