import type { Transaction } from '#database';
import type { Id } from '#kernel';
import type { Click, ClickWindow, Membership } from '#rules';
import type { ClickRecord } from './clicks.js';

/** Memberships and click windows, as far as one batch needs them: what approvals knows over time. */
export interface ProgramTerms {
  readonly memberships: ReadonlyMap<Id<'Partnership'>, Membership>;
  readonly windows: ReadonlyMap<Id<'Program'>, readonly ClickWindow[]>;
}

/** Reads the named memberships and the windows of their programs: two statements, however many there are. */
export async function readProgramTerms(
  tx: Transaction,
  named: readonly { readonly partnershipId: Id<'Partnership'>; readonly programId: Id<'Program'> }[],
): Promise<ProgramTerms> {
  const partnershipIds = [...new Set(named.map(({ partnershipId }) => partnershipId))];
  const programIds = [...new Set(named.map(({ programId }) => programId))];
  if (partnershipIds.length === 0) return { memberships: new Map(), windows: new Map() };
  const memberships = await tx.query<MembershipRow>(
    `select partnership_id, partner_id, program_id, approved_at, ended_at
       from approvals.published_partnership where partnership_id = any($1::uuid[])`,
    [partnershipIds],
  );
  const settings = await tx.query<SettingsRow>(
    `select program_id, effective_from, window_days
       from approvals.published_program_settings where program_id = any($1::uuid[])`,
    [programIds],
  );
  const windows = Map.groupBy(settings, (row) => row.program_id);
  return {
    memberships: new Map(memberships.map((row) => [row.partnership_id, membershipOf(row)])),
    windows: new Map([...windows].map(([programId, rows]) => [programId, rows.map(windowOf)])),
  };
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
