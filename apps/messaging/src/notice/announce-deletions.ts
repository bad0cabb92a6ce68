import { Injectable } from '@nestjs/common';
import { type Delivery, done, ignored, type Outcome } from '#bus';
import type { Transaction } from '#database';
import { customerDeletedText } from './customer-text.js';
import { readNoticeContext } from './notice-context.js';
import { RecordNotices } from './record-notices.js';

/** Tells partners of customers that the company deleted, as far as they could see them (B-47). */
@Injectable()
export class AnnounceDeletions {
  constructor(private readonly recordNotices: RecordNotices) {}

  async execute(tx: Transaction, deliveries: readonly Delivery<'customer.deleted'>[]): Promise<Outcome[]> {
    const seen = deliveries.flatMap(({ companyId, eventId, data: { seenBy, ...deletion } }) =>
      seenBy ? [{ companyId, eventId, seenBy, deletion }] : [],
    );
    const context = await readNoticeContext(
      tx,
      seen.map(({ seenBy }) => seenBy),
    );
    const notices = seen.map(({ companyId, eventId, seenBy, deletion }) => ({
      companyId,
      eventId,
      partnershipId: seenBy.partnershipId,
      partnerId: seenBy.partnerId,
      kind: 'customer.deleted' as const,
      text: customerDeletedText(deletion, seenBy.customerSince, context.names(seenBy)),
      data: { programId: seenBy.programId, ...deletion },
    }));
    await this.recordNotices.execute(tx, notices, context.recipients);
    return deliveries.map(({ data }) => (data.seenBy ? done() : ignored('NO_PARTNER_SAW_IT')));
  }
}
