import { Injectable } from '@nestjs/common';
import { type Delivery, done, type Outcome } from '#bus';
import type { EventMap } from '#contracts';
import type { Transaction } from '#database';
import { asId, type IdKind, publicId } from '#kernel';
import type { NoticeKind } from './notice.js';
import { type NoticeContext, readNoticeContext } from './notice-context.js';
import type { NoticeText } from './notice-text.js';
import { RecordNotices } from './record-notices.js';

type Names = ReturnType<NoticeContext['names']>;

/** Turns a batch of events of one type into notices: three statements at most, however many events. */
@Injectable()
export class Announce {
  constructor(private readonly recordNotices: RecordNotices) {}

  /** @param write renders one event's text */
  async execute<T extends NoticeKind>(
    tx: Transaction,
    deliveries: readonly Delivery<T>[],
    write: (data: EventMap[T], names: Names) => NoticeText,
  ): Promise<Outcome[]> {
    const context = await readNoticeContext(
      tx,
      deliveries.map(({ data }) => data),
    );
    const notices = deliveries.map(({ companyId, eventId, type, data }) => ({
      companyId,
      eventId,
      partnershipId: data.partnershipId,
      partnerId: data.partnerId,
      kind: type,
      text: write(data, context.names(data)),
      data: publicData(data),
    }));
    await this.recordNotices.execute(tx, notices, context.recipients);
    return deliveries.map(() => done());
  }
}

const PUBLIC_IDS: Readonly<Record<string, IdKind>> = {
  commissionId: 'Commission',
  offerId: 'Offer',
  programId: 'Program',
  applicationId: 'Application',
};

/** The event's data as the partner may see it: public ids; a signup's key names a person and is left out. */
function publicData(data: EventMap[NoticeKind]): Record<string, unknown> {
  const { partnerId: _partner, partnershipId: _partnership, ...rest } = data;
  const shown = Object.entries(rest).map(([field, value]) => {
    const kind = PUBLIC_IDS[field];
    return [field, kind && typeof value === 'string' ? publicId(kind, asId(kind, value)) : value] as const;
  });
  const isSignup = 'subject' in data && data.subject.kind === 'signup';
  return { ...Object.fromEntries(shown), ...(isSignup ? { subject: { kind: 'signup' } } : {}) };
}
