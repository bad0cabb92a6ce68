import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import type { Transaction } from '#database';
import { Clock, type Id } from '#kernel';
import { type ApprovedPartnership, findApproved } from '../approved-partnership.js';
import type { LastAssignment } from './code-store.js';
import type { Code } from './code.js';

/** Lets partners hear of the codes they are given, and of those that are taken from them. */
@Injectable()
export class AnnounceCode {
  constructor(
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  async assigned(
    tx: Transaction,
    companyId: Id<'Company'>,
    { codeId, code }: Code,
    partnership: ApprovedPartnership,
    from: Date,
  ): Promise<void> {
    const data = { ...partnership, codeId, code, from: from.toISOString() };
    await this.publisher.publish(tx, [
      { type: 'code.assigned', companyId, occurredAt: this.clock.now(), data },
    ]);
  }

  /** Does nothing when the assignment had ended earlier, or its partner is no member any more. */
  async ended(
    tx: Transaction,
    companyId: Id<'Company'>,
    { codeId, code }: Code,
    last: LastAssignment,
    until: Date,
  ): Promise<void> {
    if (last.until !== null && last.until <= until) return;
    const partnership = await findApproved(tx, companyId, last.partnershipId);
    if (!partnership) return;
    const data = { ...partnership, codeId, code, until: until.toISOString() };
    await this.publisher.publish(tx, [{ type: 'code.ended', companyId, occurredAt: this.clock.now(), data }]);
  }
}
