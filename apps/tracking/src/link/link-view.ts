import { asId, type Id } from '#kernel';

/** A link as its partner and company see it. */
export interface LinkView {
  readonly linkId: Id<'Link'>;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly slug: string;
  readonly destinationUrl: string;
  readonly createdAt: Date;
}

export interface LinkViewRow {
  readonly link_id: string;
  readonly program_id: string;
  readonly partnership_id: string;
  readonly slug: string;
  readonly destination_url: string;
  readonly created_at: string;
}

export const LINK_VIEW_COLUMNS = 'link_id, program_id, partnership_id, slug, destination_url, created_at';

export function linkViewOf(row: LinkViewRow): LinkView {
  return {
    linkId: asId('Link', row.link_id),
    programId: asId('Program', row.program_id),
    partnershipId: asId('Partnership', row.partnership_id),
    slug: row.slug,
    destinationUrl: row.destination_url,
    createdAt: new Date(row.created_at),
  };
}
