import { Injectable, Logger } from '@nestjs/common';
import { companyScope, Database, type SqlValue } from '#database';
import { messageOf } from '#kernel';
import type { ClaimedEmail } from './claim-emails.js';
import { ComposeMail } from './compose-mail.js';
import { isRefusedForGood, Mailer } from './mailer.js';

/** After this many failed attempts, hours in all, an e-mail is given up and shown as failed. */
const MAX_ATTEMPTS = 20;
const REASON_LENGTH = 500;

/** Attempts one claimed e-mail, outside of any transaction, and records what became of it. */
@Injectable()
export class SendEmail {
  readonly #logger = new Logger(SendEmail.name);

  constructor(
    private readonly database: Database,
    private readonly composeMail: ComposeMail,
    private readonly mailer: Mailer,
  ) {}

  async execute(email: ClaimedEmail): Promise<void> {
    const words = this.composeMail.execute(email.content);
    if (!words) return this.#failed(email, 'expired before it could be sent');
    try {
      await this.mailer.send({ to: email.recipient, messageId: email.messageId, ...words });
    } catch (error) {
      const reason = messageOf(error);
      const isLast = email.attempt >= MAX_ATTEMPTS || isRefusedForGood(error);
      this.#logger.warn(
        `e-mail ${email.emailId}, attempt ${email.attempt}: ${reason}${isLast ? '; given up' : ''}`,
      );
      return isLast ? this.#failed(email, reason) : this.#retry(email, reason);
    }
    await this.#record(email, `state = 'sent', sent_at = now(), reason = null`);
  }

  #failed(email: ClaimedEmail, reason: string): Promise<void> {
    return this.#record(email, `state = 'failed', reason = $4`, [reason.slice(0, REASON_LENGTH)]);
  }

  /** Exponential with full jitter: a random time up to 2 s, 4 s, 8 s … and at most an hour. */
  #retry(email: ClaimedEmail, reason: string): Promise<void> {
    const change = `state = 'queued', reason = $4,
      due_at = now() + random() * least(interval '1 hour', interval '1 second' * power(2, $3::int))`;
    return this.#record(email, change, [reason.slice(0, REASON_LENGTH)]);
  }

  /** Only the latest attempt speaks: one that outlived its lease is not recorded over its successor. */
  async #record(email: ClaimedEmail, change: string, parameters: readonly SqlValue[] = []): Promise<void> {
    await this.database.transaction(companyScope(email.companyId), (tx) =>
      tx.query(
        `update messaging.email set ${change}
          where company_id = $1 and email_id = $2 and attempts = $3 and state = 'sending'`,
        [email.companyId, email.emailId, email.attempt, ...parameters],
      ),
    );
  }
}
