import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#database';
import { idempotent, type IdempotentRequest, type PartnershipOfPartner } from '#http';
import { Clock, Conflict, newId } from '#kernel';
import { requireAllowedDestination } from './destination-domains.js';
import { requireOpenLinks } from './link-access.js';
import { LINK_VIEW_COLUMNS, type LinkView, linkViewOf, type LinkViewRow } from './link-view.js';
import { randomSlug } from './slug.js';

/** Two random slugs are the same once in 10^11; five times in a row means that something else is wrong. */
const ATTEMPTS = 5;

export interface NewLink {
  /** As `parseDestination` returns it. */
  readonly destinationUrl: string;
  /** As `parseSlug` returns it; null for a random one. */
  readonly slug: string | null;
}

@Injectable()
export class CreateLink {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Forbidden when links are not open to the partner, InvalidInput `link.destination_not_allowed`,
   *   Conflict `link.slug_taken`
   */
  execute(partnership: PartnershipOfPartner, link: NewLink, request: IdempotentRequest): Promise<LinkView> {
    return idempotent(this.database, partnership.scope, request, async (tx) => {
      await requireOpenLinks(tx, partnership);
      await requireAllowedDestination(tx, partnership.companyId, link.destinationUrl);
      for (const slug of link.slug === null ? randomSlugs() : [link.slug]) {
        const created = await this.#insert(tx, partnership, slug, link.destinationUrl);
        if (created) return created;
      }
      throw new Conflict('link.slug_taken', 'Another link has this slug already. Choose a different one.');
    });
  }

  /** Slugs are unique across companies, whose rows this transaction cannot see: the index alone can tell. */
  async #insert(
    tx: Transaction,
    { companyId, programId, partnershipId }: PartnershipOfPartner,
    slug: string,
    destinationUrl: string,
  ): Promise<LinkView | null> {
    const [row] = await tx.query<LinkViewRow>(
      `insert into tracking.link
         (company_id, link_id, program_id, partnership_id, slug, destination_url, created_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (slug) do nothing returning ${LINK_VIEW_COLUMNS}`,
      [companyId, newId('Link'), programId, partnershipId, slug, destinationUrl, this.clock.now()],
    );
    return row ? linkViewOf(row) : null;
  }
}

function* randomSlugs(): Generator<string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) yield randomSlug();
}
