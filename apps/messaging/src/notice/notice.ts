import type { Id } from '#kernel';
import type { NoticeText } from './notice-text.js';

export const NOTICE_KINDS = [
  'commission.earned',
  'commission.reversed',
  'commission.released',
  'payout.paid',
  'commission.reviewed',
  'commission.adjusted',
  'application.reviewed',
  'partner.removed',
  'terms.published',
  'link_request.reviewed',
  'link.given',
  'code.assigned',
  'code.ended',
  'lead.reviewed',
  'deal.reviewed',
  'lead.closed',
  'deal.closed',
  'deal.expired',
  'customer.deleted',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Something a partner should hear of. One per event: recording it again changes nothing. */
export interface NewNotice {
  readonly companyId: Id<'Company'>;
  readonly eventId: Id<'Event'>;
  readonly partnershipId: string;
  readonly partnerId: string;
  readonly kind: NoticeKind;
  readonly text: NoticeText;
  /** What the text speaks of, for machines. */
  readonly data: Readonly<Record<string, unknown>>;
}
