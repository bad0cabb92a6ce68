import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { insertRows, type Transaction } from '#database';
import { newId } from '#kernel';
import type { NewEmail } from './email.js';
import { EmailLoop } from './email-loop.js';

const COLUMNS = {
  company_id: 'uuid',
  email_id: 'uuid',
  event_id: 'uuid',
  partner_id: 'uuid',
  recipient: 'text',
  template: 'text',
  params: 'jsonb',
  message_id: 'text',
};

/** Where e-mails wait to be sent, written in the transaction of what they tell of. */
@Injectable()
export class EmailOutbox {
  readonly #host: string;

  constructor(
    config: AppConfig,
    private readonly loop: EmailLoop,
  ) {
    this.#host = new URL(config.publicUrl).hostname;
  }

  /** One statement, none for no e-mails. The Message-ID is made here, so that every attempt carries the same. */
  async queue(tx: Transaction, emails: readonly NewEmail[]): Promise<void> {
    if (emails.length === 0) return;
    await insertRows(
      tx,
      'messaging.email',
      COLUMNS,
      emails.map(({ companyId, eventId, partnerId, recipient, content }) => {
        const emailId = newId('Email');
        return {
          company_id: companyId,
          email_id: emailId,
          event_id: eventId,
          partner_id: partnerId,
          recipient,
          template: content.template,
          params: content.params,
          message_id: `<${emailId}@${this.#host}>`,
        };
      }),
      'on conflict (company_id, event_id) do nothing',
    );
    tx.afterCommit(() => this.loop.wake());
  }
}
