import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { idempotent, type IdempotentRequest, type PartnershipOfPartner } from '#http';
import { Clock, type Id, NotFound } from '#kernel';
import { type NoticeView, selectNotices } from './list-notices.js';

/** The partner has read a notice; the first time counts. */
@Injectable()
export class MarkNoticeRead {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  execute(
    { companyId, partnershipId, scope }: PartnershipOfPartner,
    noticeId: Id<'Notice'>,
    request: IdempotentRequest,
  ): Promise<NoticeView> {
    return idempotent(this.database, scope, request, async (tx) => {
      await tx.query(
        `update messaging.notice set read_at = $4
          where company_id = $1 and partnership_id = $2 and notice_id = $3 and read_at is null`,
        [companyId, partnershipId, noticeId, this.clock.now()],
      );
      const [notice] = await selectNotices(tx, 'company_id = $1 and partnership_id = $2 and notice_id = $3', [
        companyId,
        partnershipId,
        noticeId,
      ]);
      if (!notice) throw new NotFound('notice');
      return notice;
    });
  }
}
