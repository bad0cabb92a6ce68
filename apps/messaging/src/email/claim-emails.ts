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

const FIRST_COMPANY = '00000000-0000-0000-0000-000000000000';
const WAITING = {
  due: `state in ('queued', 'sending') and due_at <= now()`,
  held: `state = 'held'`,
} as const;

/** Finds e-mails that wait and takes some, so that no other sender does. By the database's clock. */
@Injectable()
export class ClaimEmails {
  #servedUpTo = FIRST_COMPANY;

  constructor(private readonly database: Database) {}

  /** Companies whose turn it is: a few after those of the last call, round and round. */
  async companiesInTurn(): Promise<Id<'Company'>[]> {
    const companies = await this.#companies('due', this.#servedUpTo);
    const isRoundOver = companies.length < COMPANIES_AT_ONCE;
    this.#servedUpTo = isRoundOver ? FIRST_COMPANY : (companies.at(-1) ?? FIRST_COMPANY);
    return companies;
  }

  /** Takes a few of one company's due e-mails; committed before anything is sent. */
  async claim(companyId: Id<'Company'>): Promise<ClaimedEmail[]> {
    const rows = await this.database.transaction(companyScope(companyId), (tx) =>
      tx.query<Row>(
        `update messaging.email set state = 'sending', attempts = attempts + 1, due_at = now() + interval '${LEASE}'
          where company_id = $1 and email_id in (
            select email_id from messaging.email where company_id = $1 and ${WAITING.due}
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

  /** Without a mail server: shows what is due as held, and why. */
  async hold(): Promise<void> {
    for (const companyId of await this.#companies('due')) {
      await this.#change(companyId, `state = 'held', reason = '${NO_SMTP}'`, WAITING.due);
    }
  }

  /** With a mail server: what was held for want of one is due now. */
  async release(): Promise<void> {
    for (const companyId of await this.#companies('held')) {
      await this.#change(companyId, `state = 'queued', reason = null, due_at = now()`, WAITING.held);
    }
  }

  async #change(companyId: Id<'Company'>, change: string, waiting: string): Promise<void> {
    await this.database.transaction(companyScope(companyId), (tx) =>
      tx.query(`update messaging.email set ${change} where company_id = $1 and ${waiting}`, [companyId]),
    );
  }

  /**
   * Companies with e-mails that wait so; the sweeper's role sees that much of each and no more. Steps from
   * company to company through the index, so that the backlog of one costs the others nothing.
   */
  async #companies(waiting: keyof typeof WAITING, after = FIRST_COMPANY): Promise<Id<'Company'>[]> {
    const next = (from: string) =>
      `select company_id from messaging.email where company_id > ${from} and ${WAITING[waiting]}
        order by company_id limit 1`;
    const rows = await this.database.as('bus').transaction({ companies: [] }, (tx) =>
      tx.query<{ company_id: string }>(
        `with recursive waiting as (
           (${next('$1')})
           union all
           select (${next('waiting.company_id')}) from waiting where waiting.company_id is not null)
         select company_id from waiting where company_id is not null limit $2`,
        [after, COMPANIES_AT_ONCE],
      ),
    );
    return rows.map((row) => asId('Company', row.company_id));
  }
}
