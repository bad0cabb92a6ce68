import { Injectable } from '@nestjs/common';
import { Database, type SqlValue, type Transaction } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import { asId, type Id } from '#kernel';
import type { NoticeKind } from './notice.js';

/** A notice as its partner sees it. */
export interface NoticeView {
  readonly noticeId: Id<'Notice'>;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

/** Whether a list holds all notices or those not read yet. */
export type NoticeFilter = 'all' | 'unread';

@Injectable()
export class ListNotices {
  constructor(private readonly database: Database) {}

  /** Newest first. @returns one row more than the limit when there is a next page */
  execute(
    { companyId, partnershipId, scope }: PartnershipOfPartner,
    filter: NoticeFilter,
    page: PageQuery,
  ): Promise<NoticeView[]> {
    return this.database.transaction(scope, (tx) =>
      selectNotices(
        tx,
        `company_id = $1 and partnership_id = $2 and ($3 = 'all' or read_at is null)
           and ($4::uuid is null or notice_id < $4)
         order by notice_id desc limit $5`,
        [companyId, partnershipId, filter, cursorId(page), page.limit + 1],
      ),
    );
  }
}

interface Row {
  readonly notice_id: string;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  readonly data: Record<string, unknown>;
  readonly created_at: string;
  readonly read_at: string | null;
}

export async function selectNotices(
  tx: Transaction,
  condition: string,
  parameters: readonly SqlValue[],
): Promise<NoticeView[]> {
  const rows = await tx.query<Row>(
    `select notice_id, kind, title, body, data, created_at, read_at from messaging.notice where ${condition}`,
    parameters,
  );
  return rows.map((row) => ({
    noticeId: asId('Notice', row.notice_id),
    kind: row.kind,
    title: row.title,
    body: row.body,
    data: row.data,
    createdAt: new Date(row.created_at),
    readAt: row.read_at === null ? null : new Date(row.read_at),
  }));
}
