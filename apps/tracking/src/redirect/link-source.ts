import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#database';
import { asId } from '#kernel';
import type { Link } from '../link/link.js';

/** A transaction that began this long before another's commit is over by then. */
const OVERLAP_MS = 30_000;

/** How far the links were read. */
export interface Mark {
  /** The latest change read, as PostgreSQL writes it. */
  readonly newest: string;
  /** When it was first read, by a clock that only runs forward, ms. */
  readonly seenAt: number;
  /** Nothing older can come any more: it was read again after all transactions of its time were over. */
  readonly isSettled: boolean;
}

interface LinkRow {
  readonly company_id: string;
  readonly link_id: string;
  readonly program_id: string;
  readonly partnership_id: string;
  readonly slug: string;
  readonly destination_url: string;
}

/** Reads links of every company, since a slug names none: the one place where tracking passes tenants. */
@Injectable()
export class LinkSource {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database.as('bus');
  }

  async bySlugs(slugs: readonly string[]): Promise<Link[]> {
    const rows = await this.#read((tx) =>
      tx.query<LinkRow>(`select ${COLUMNS} from tracking.link where slug = any($1)`, [slugs]),
    );
    return rows.map(linkOf);
  }

  /**
   * The newest `limit` links that changed since `mark`, or at all, newest first, and the mark for next time.
   * Some come again: rows become visible in the order of commits, not of their times, hence the overlap until
   * the mark is settled.
   *
   * @param now by the clock of `Mark.seenAt`
   */
  async changedSince(
    mark: Mark | null,
    limit: number,
    now: number,
  ): Promise<{ links: Link[]; mark: Mark | null }> {
    const rows = await this.#read((tx) =>
      tx.query<LinkRow & { updated_at: string }>(
        `select ${COLUMNS}, updated_at::text as updated_at from tracking.link
         where updated_at > coalesce($1::timestamptz - $2 * interval '1 millisecond', '-infinity')
         order by updated_at desc limit $3`,
        [mark?.newest ?? null, mark?.isSettled ? 0 : OVERLAP_MS, limit],
      ),
    );
    return { links: rows.map(linkOf), mark: advance(mark, rows[0]?.updated_at ?? null, now) };
  }

  #read<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#database.transaction({ companies: [] }, work);
  }
}

function advance(mark: Mark | null, newest: string | null, now: number): Mark | null {
  if (newest === null) return mark;
  if (newest !== mark?.newest) return { newest, seenAt: now, isSettled: false };
  return { ...mark, isSettled: now - mark.seenAt > OVERLAP_MS };
}

const COLUMNS = 'company_id, link_id, program_id, partnership_id, slug, destination_url';

function linkOf(row: LinkRow): Link {
  return {
    companyId: asId('Company', row.company_id),
    linkId: asId('Link', row.link_id),
    programId: asId('Program', row.program_id),
    partnershipId: asId('Partnership', row.partnership_id),
    slug: row.slug,
    destinationUrl: row.destination_url,
  };
}
