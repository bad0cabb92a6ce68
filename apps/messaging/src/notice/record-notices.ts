import { Injectable } from '@nestjs/common';
import { insertRows, type Transaction } from '#database';
import { Clock, newId } from '#kernel';
import { EmailOutbox } from '../email/email-outbox.js';
import type { NewNotice } from './notice.js';
import type { Recipients } from './notice-context.js';

const COLUMNS = {
  company_id: 'uuid',
  partnership_id: 'uuid',
  notice_id: 'uuid',
  event_id: 'uuid',
  partner_id: 'uuid',
  kind: 'text',
  title: 'text',
  body: 'text',
  data: 'jsonb',
  created_at: 'timestamptz',
};

/** Puts notices into the partners' lists, and e-mails to those who want them into the outbox. */
@Injectable()
export class RecordNotices {
  constructor(
    private readonly outbox: EmailOutbox,
    private readonly clock: Clock,
  ) {}

  /** One statement for all notices, and one for their e-mails if there are any. */
  async execute(tx: Transaction, notices: readonly NewNotice[], recipients: Recipients): Promise<void> {
    const createdAt = this.clock.now().toISOString();
    await insertRows(
      tx,
      'messaging.notice',
      COLUMNS,
      notices.map((notice) => ({
        company_id: notice.companyId,
        partnership_id: notice.partnershipId,
        notice_id: newId('Notice'),
        event_id: notice.eventId,
        partner_id: notice.partnerId,
        kind: notice.kind,
        title: notice.text.title,
        body: notice.text.body,
        data: notice.data,
        created_at: createdAt,
      })),
      'on conflict (company_id, event_id) do nothing',
    );
    await this.outbox.queue(
      tx,
      notices.flatMap(({ companyId, eventId, partnerId, text }) => {
        const recipient = recipients.get(partnerId);
        if (!recipient?.wants_email) return [];
        const content = { template: 'notice', params: { subject: text.title, text: text.body } } as const;
        return [{ companyId, eventId, partnerId, recipient: recipient.email, content }];
      }),
    );
  }
}
