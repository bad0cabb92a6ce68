import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { asId, type Id } from '#kernel';
import { type EmailContent, NO_SMTP } from './email.js';

/** One e-mail and the right to attempt it until its lease ends. */
export interface ClaimedEmail {
  readonly companyId: Id<'Company'>;
  readonly emailId: Id<'Email'>;
  readonly recipient: string;
  readonly content: EmailContent;
  readonly messageId: string;
  /** Counts from 1; also the fence: a result is recorded only for the latest attempt. */
  readonly attempt: number;
}

type Row = EmailContent & {
  readonly email_id: string;
  readonly recipient: string;
  readonly message_id: string;
  readonly attempts: number;
};

/** Longer than an attempt's deadline. A sender that dies leaves its e-mails due again after this. */
const LEASE = '60 seconds';
const COMPANIES_AT_ONCE = 50;
const EMAILS_AT_ONCE = 5;

/** Finds e-mails that are due and takes some, so that no other sender does. By the database's clock. */
@Injectable()
export class ClaimEmails {
  constructor(private readonly database: Database) {}

  /**
   * Companies that have something to send. The sweeper's role sees that much of every company and no more.
   * @param held whether e-mails count that were held for want of a mail server
   */
  async companies(held: 'with held' | 'without held'): Promise<Id<'Company'>[]> {
    const states = held === 'with held' ? ['queued', 'sending', 'held'] : ['queued', 'sending'];
    const rows = await this.database.as('bus').transaction({ companies: [] }, (tx) =>
      tx.query<{ company_id: string }>(
        `select distinct company_id from (
           select company_id from messaging.email
            where state in ('queued', 'sending', 'held') and state = any($1) and due_at <= now()
            order by due_at limit $2) due`,
        [states, COMPANIES_AT_ONCE],
      ),
    );
    return rows.map((row) => asId('Company', row.company_id));
  }

  /** Takes a few of one company's due e-mails; committed before anything is sent. */
  async claim(companyId: Id<'Company'>): Promise<ClaimedEmail[]> {
    const rows = await this.database.transaction(companyScope(companyId), (tx) =>
      tx.query<Row>(
        `update messaging.email e set state = 'sending', attempts = attempts + 1, due_at = now() + interval '${LEASE}'
          where e.company_id = $1 and e.email_id in (
            select email_id from messaging.email
             where company_id = $1 and state in ('queued', 'sending', 'held') and due_at <= now()
             order by due_at limit $2 for update skip locked)
          returning email_id, recipient, template, params, message_id, attempts`,
        [companyId, EMAILS_AT_ONCE],
      ),
    );
    return rows.map(({ email_id, recipient, message_id, attempts, ...content }) => ({
      companyId,
      emailId: asId('Email', email_id),
      recipient,
      content,
      messageId: message_id,
      attempt: attempts,
    }));
  }

  /** Without a mail server: shows a company's due e-mails as held, and why. They go out when there is one. */
  async hold(companyId: Id<'Company'>): Promise<void> {
    await this.database.transaction(companyScope(companyId), (tx) =>
      tx.query(
        `update messaging.email set state = 'held', reason = $2
          where company_id = $1 and state in ('queued', 'sending') and due_at <= now()`,
        [companyId, NO_SMTP],
      ),
    );
  }
}
