import type { Id } from '#kernel';

/** A partner's link: whoever follows `/r/<slug>` is sent to the destination, and the click is theirs. */
export interface Link {
  readonly companyId: Id<'Company'>;
  readonly linkId: Id<'Link'>;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly slug: string;
  readonly destinationUrl: string;
}
