import type { Transaction } from '#database';
import { Conflict, type Id, newId } from '#kernel';
import { requireAllowedDestination } from './destination-domains.js';
import { LINK_VIEW_COLUMNS, type LinkView, linkViewOf, type LinkViewRow } from './link-view.js';
import { randomSlug } from './slug.js';

/** Two random slugs are the same once in 10^11; five times in a row means that something else is wrong. */
const ATTEMPTS = 5;

/** Whose a link is. */
export interface LinkOwner {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
}

export interface NewLink {
  /** As `parseDestination` returns it. */
  readonly destinationUrl: string;
  /** As `parseSlug` returns it; null for a random one. */
  readonly slug: string | null;
}

/** @throws InvalidInput `link.destination_not_allowed`, Conflict `link.slug_taken` */
export async function insertLink(
  tx: Transaction,
  owner: LinkOwner,
  link: NewLink,
  createdAt: Date,
): Promise<LinkView> {
  await requireAllowedDestination(tx, owner.companyId, link.destinationUrl);
  for (const slug of link.slug === null ? randomSlugs() : [link.slug]) {
    const created = await tryInsert(tx, owner, { slug, destinationUrl: link.destinationUrl }, createdAt);
    if (created) return created;
  }
  throw new Conflict('link.slug_taken', 'Another link has this slug already. Choose a different one.');
}

/** Slugs are unique across companies, whose rows this transaction cannot see: the index alone can tell. */
async function tryInsert(
  tx: Transaction,
  { companyId, programId, partnershipId }: LinkOwner,
  { slug, destinationUrl }: NewLink,
  createdAt: Date,
): Promise<LinkView | null> {
  const [row] = await tx.query<LinkViewRow>(
    `insert into tracking.link
       (company_id, link_id, program_id, partnership_id, slug, destination_url, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (slug) do nothing returning ${LINK_VIEW_COLUMNS}`,
    [companyId, newId('Link'), programId, partnershipId, slug, destinationUrl, createdAt],
  );
  return row ? linkViewOf(row) : null;
}

function* randomSlugs(): Generator<string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) yield randomSlug();
}
