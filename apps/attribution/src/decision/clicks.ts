import type { Transaction } from '#database';
import type { Id } from '#kernel';

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

/**
 * How far before a presented click the visitor's other clicks are looked up: the longest window (365 days) and a
 * month in which an expired click is still named as such. Bounds the partitions that a batch touches.
 */
const LOOK_BACK_MS = 396 * 24 * 60 * 60 * 1000;
/** Clicks soon after an action are listed too, so that their partner learns they came too late. */
const LOOK_AHEAD_MS = 24 * 60 * 60 * 1000;
/** The newest clicks of one visitor that are judged: a bound on what a robot can make a decision cost. */
const CLICKS_PER_VISITOR = 200;

const COLUMNS = 'company_id, click_id, visitor_id, link_id, program_id, partnership_id, clicked_at';

/** What a fact waits for whose click is not stored yet. */
export const clickKey = (clickId: Id<'Click'>): string => `click:${clickId}`;

/** The stored ones among the presented clicks. */
export async function readClicks(tx: Transaction, clickIds: readonly Id<'Click'>[]): Promise<ClickRecord[]> {
  if (clickIds.length === 0) return [];
  const rows = await tx.query<ClickRow>(
    `select ${COLUMNS} from tracking.published_click where click_id = any($1::uuid[])`,
    [clickIds],
  );
  return rows.map(clickOf);
}

/** All clicks of the visitors who made `clicks`, as far as they could have led to an action at `latestAction`. */
export async function readClicksOfSameVisitors(
  tx: Transaction,
  clicks: readonly Pick<ClickRecord, 'clickId' | 'visitorId'>[],
  latestAction: Date,
): Promise<ClickRecord[]> {
  if (clicks.length === 0) return [];
  const rows = await tx.query<ClickRow>(
    `select ${COLUMNS} from (
       select ${COLUMNS}, row_number() over (partition by visitor_id order by clicked_at desc) as newest
         from tracking.published_click
        where visitor_id = any($1::uuid[]) and click_id >= $2 and clicked_at < $3
     ) as recent where newest <= $4`,
    [
      [...new Set(clicks.map(({ visitorId }) => visitorId))],
      idBefore(clicks.map(({ clickId }) => clickId).toSorted()[0] ?? '', LOOK_BACK_MS),
      new Date(latestAction.getTime() + LOOK_AHEAD_MS),
      CLICKS_PER_VISITOR,
    ],
  );
  return rows.map(clickOf);
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
