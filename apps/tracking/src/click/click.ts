import { asId, type Id, newId } from '#kernel';

/** Somebody followed a partner's link. Clicks are rows, not events: nothing happens until a conversion names one. */
export interface Click {
  readonly companyId: Id<'Company'>;
  readonly clickId: Id<'Click'>;
  /** Joins one browser's clicks. */
  readonly visitorId: Id<'Visitor'>;
  readonly linkId: Id<'Link'>;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  /** Epoch milliseconds. */
  readonly clickedAt: number;
  /** At most 256 characters. */
  readonly userAgent: string | null;
  /** Host of the page the link was on; never its path, which may tell about the person. */
  readonly referrerHost: string | null;
}

/** A fresh click id of this moment: its time bits are `clickedAt`, so the partition follows the click's time. */
export function clickIdAt(clickedAt: number): Id<'Click'> {
  const time = clickedAt.toString(16).padStart(12, '0');
  return asId('Click', `${time.slice(0, 8)}-${time.slice(8)}${newId('Click').slice(13)}`);
}
