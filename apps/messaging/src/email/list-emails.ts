import { Injectable } from '@nestjs/common';
import { Database, PLATFORM_COMPANY } from '#database';
import { cursorId, type PageQuery } from '#http';
import { asId, type Id } from '#kernel';
import type { EmailContent, EmailState } from './email.js';

/** An e-mail as operators see it: whether it went out, and why not. */
export interface EmailView {
  readonly emailId: Id<'Email'>;
  /** Null for mail of the installation itself (sign-in links). */
  readonly companyId: Id<'Company'> | null;
  readonly template: EmailContent['template'];
  readonly recipient: string;
  readonly state: EmailState;
  readonly reason: string | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

interface Row {
  readonly email_id: string;
  readonly company_id: string;
  readonly template: EmailContent['template'];
  readonly recipient: string;
  readonly state: EmailState;
  readonly reason: string | null;
  readonly attempts: number;
  readonly created_at: string;
  readonly sent_at: string | null;
}

/** E-mails of all companies for operators, newest first. */
@Injectable()
export class ListEmails {
  constructor(private readonly database: Database) {}

  /** @returns one row more than the limit when there is a next page */
  async execute(state: EmailState | null, page: PageQuery): Promise<EmailView[]> {
    // The sweeper's role finds which; what they say is read in the scope of their companies.
    const found = await this.database.as('bus').transaction({ companies: [] }, (tx) =>
      tx.query<{ company_id: string; email_id: string }>(
        `select company_id, email_id from messaging.email
          where ($1::text is null or state = $1) and ($2::uuid is null or email_id < $2)
          order by email_id desc limit $3`,
        [state, cursorId(page), page.limit + 1],
      ),
    );
    const companies = [...new Set(found.map((row) => asId('Company', row.company_id)))];
    const rows = await this.database.transaction({ companies }, (tx) =>
      tx.query<Row>(
        `select company_id, email_id, template, recipient, state, reason, attempts, created_at, sent_at
           from messaging.email where company_id = any($1::uuid[]) and email_id = any($2::uuid[])
          order by email_id desc`,
        [companies, found.map((row) => row.email_id)],
      ),
    );
    return rows.map((row) => ({
      emailId: asId('Email', row.email_id),
      companyId: row.company_id === PLATFORM_COMPANY ? null : asId('Company', row.company_id),
      template: row.template,
      recipient: row.recipient,
      state: row.state,
      reason: row.reason,
      attempts: row.attempts,
      createdAt: new Date(row.created_at),
      sentAt: row.sent_at === null ? null : new Date(row.sent_at),
    }));
  }
}
