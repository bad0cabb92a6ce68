import { Injectable } from '@nestjs/common';
import { type Delivery, done, type Outcome } from '#bus';
import { type EventMap, shownSubjectKey } from '#contracts';
import type { Transaction } from '#database';
import type { NoticeKind } from './notice.js';
import { readNoticeContext } from './notice-context.js';
import type { NoticeNames, NoticeText } from './notice-text.js';
import { RecordNotices } from './record-notices.js';

/** Kinds whose events each name the one partner who hears of them. */
type AnnouncedKind = Exclude<NoticeKind, 'customer.deleted'>;

/** Turns a batch of events of one type into notices: three statements at most, however many events. */
@Injectable()
export class Announce {
  constructor(private readonly recordNotices: RecordNotices) {}

  /** @param write renders one event's text */
  async execute<T extends AnnouncedKind>(
    tx: Transaction,
    deliveries: readonly Delivery<T>[],
    write: (data: EventMap[T], names: NoticeNames) => NoticeText,
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
      data: dataOf(data),
    }));
    await this.recordNotices.execute(tx, notices, context.recipients);
    return deliveries.map(() => done());
  }
}

/**
 * What the partner may see of an event: what names a person (a signup's key, the customer) is left out, and the
 * key of an order that was never earned.
 */
function dataOf(event: EventMap[AnnouncedKind]): Record<string, unknown> {
  const { partnerId: _partner, partnershipId: _partnership, ...data } = event;
  if ('customerKey' in data) {
    const { customerKey: _customer, email: _email, ...rest } = data;
    return rest;
  }
  if (!('subject' in data)) return data;
  const isHidden = data.subject.kind === 'signup' || ('change' in data && data.change === 0);
  const { kind, key } = data.subject;
  return { ...data, subject: isHidden ? { kind } : { kind, key: shownSubjectKey(kind, key) } };
}
