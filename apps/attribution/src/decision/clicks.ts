import type { Transaction } from '#database';
import { DAY_MS, type Id } from '#kernel';

/** A click as tracking stored it. */
export interface ClickRecord {
  readonly companyId: Id<'Company'>;
  readonly clickId: Id<'Click'>;
  readonly visitorId: Id<'Visitor'>;
  readonly linkId: Id<'Link'>;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly clickedAt: Date;
}

/** After the window has passed, an expired click is still named as such for so long. */
const NAMED_AS_EXPIRED_MS = 30 * DAY_MS;
/** Clicks soon after an action are listed too, so that their partner learns they came too late. */
const LOOK_AHEAD_MS = DAY_MS;
/** The newest clicks of one visitor that are judged: a bound on what a robot can make a decision cost. */
const CLICKS_PER_VISITOR = 200;

/** One browser clicks links of several companies: each company's clicks are apart. */
export const visitorNameOf = ({
  companyId,
  visitorId,
}: Pick<ClickRecord, 'companyId' | 'visitorId'>): string => `${companyId}/${visitorId}`;

/** What a fact waits for whose click is not stored yet. */
export const clickKey = (clickId: Id<'Click'>): string => `click:${clickId}`;

/**
 * For each of the named clicks that is stored, all clicks of its visitor that could have led to an action at
 * `latestAction`, itself among them. One statement; how far it looks back bounds the partitions it touches.
 */
export async function readClicksOfVisitors(
  tx: Transaction,
  named: readonly Pick<ClickRecord, 'companyId' | 'clickId'>[],
  latestAction: Date,
  longestWindowDays: number,
): Promise<ClickRecord[]> {
  if (named.length === 0) return [];
  const lookBackMs = longestWindowDays * DAY_MS + NAMED_AS_EXPIRED_MS;
  const rows = await tx.query<ClickRow>(
    `select click.* from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as named(company_id, click_id, since)
      cross join lateral (
        select visitor_id from tracking.published_click c
         where c.company_id = named.company_id and c.click_id = named.click_id offset 0) as presented
      cross join lateral (
        select company_id, click_id, visitor_id, link_id, program_id, partnership_id, clicked_at
          from tracking.published_click c
         where c.company_id = named.company_id and c.visitor_id = presented.visitor_id
           and c.click_id >= named.since and (c.clicked_at < $4 or c.click_id = named.click_id)
         order by c.click_id = named.click_id desc, c.clicked_at desc limit $5) as click`,
    [
      named.map(({ companyId }) => companyId),
      named.map(({ clickId }) => clickId),
      named.map(({ clickId }) => idBefore(clickId, lookBackMs)),
      new Date(latestAction.getTime() + LOOK_AHEAD_MS),
      CLICKS_PER_VISITOR,
    ],
  );
  return [...new Map(rows.map((row) => [`${row.company_id}/${row.click_id}`, clickOf(row)])).values()];
}

/** The lowest UUIDv7 of a moment before the one that `id` was made at: partitions are ranges of such ids. */
function idBefore(id: string, milliseconds: number): string {
  const madeAt = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  const hex = Math.max(0, madeAt - milliseconds)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

interface ClickRow {
  readonly company_id: Id<'Company'>;
  readonly click_id: Id<'Click'>;
  readonly visitor_id: Id<'Visitor'>;
  readonly link_id: Id<'Link'>;
  readonly program_id: Id<'Program'>;
  readonly partnership_id: Id<'Partnership'>;
  readonly clicked_at: string;
}

const clickOf = (row: ClickRow): ClickRecord => ({
  companyId: row.company_id,
  clickId: row.click_id,
  visitorId: row.visitor_id,
  linkId: row.link_id,
  programId: row.program_id,
  partnershipId: row.partnership_id,
  clickedAt: new Date(row.clicked_at),
});
